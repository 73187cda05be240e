import { readFact } from '../db/meta.ts';
import { beginPart, type PackedTerms, type PartAhead, putPart } from '../db/search/ahead.ts';
import type { WriteDb } from '../db/statements.ts';

/** Makes the lists of parts of the search index somewhere else: in a thread with a connection of its own. */
export interface TermsMaker {
  /** One part at a time. Rejects when it cannot; nothing is lost then. */
  make(part: number): Promise<PackedTerms>;
  close(): void;
}

/**
 * While a first load goes on, has the search lists made elsewhere of every part whose cases are here, and puts them in between two other transactions. The
 * writer loses only the time of the writing; if the maker fails it makes them itself at the end, as it does without one.
 */
export class TermsAhead {
  private readonly db: WriteDb;
  private readonly start: () => TermsMaker;
  private maker: TermsMaker | null = null;
  private making: Promise<void> | null = null;
  private failed: unknown = null;
  private ended = false;

  constructor(db: WriteDb, start: () => TermsMaker) {
    this.db = db;
    this.start = start;
  }

  /** Rows came, or all are here: begins the next part if it can be made and none is being made. Throws what the replica threw when lists were put in. */
  next(): void {
    if (this.failed !== null) throw this.failed;
    if (this.ended || this.making !== null) return;
    const load = readFact(this.db, 'load');
    const begun = load && beginPart(this.db, load.cursor !== null);
    if (begun) this.making = this.make(begun);
  }

  /** Resolves when nothing is being made. Throws as `next`. */
  async idle(): Promise<void> {
    for (;;) {
      this.next();
      if (this.making === null) return;
      await this.making;
    }
  }

  private async make(begun: PartAhead): Promise<void> {
    const terms = await this.made(begun.part);
    this.making = null;
    if (this.ended) return;
    try {
      if (terms === null || !putPart(this.db, begun, terms)) this.end();
    } catch (error) {
      this.failed = error;
    }
  }

  private async made(part: number): Promise<PackedTerms | null> {
    try {
      this.maker ??= this.start();
      return await this.maker.make(part);
    } catch {
      return null;
    }
  }

  /** What is still being made is not put in. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.maker?.close();
  }
}
