import { readFact } from '../db/meta.ts';
import { tendRollups } from '../db/rollups/keep.ts';
import { tendSearch } from '../db/search/keep.ts';
import type { WriteDb } from '../db/statements.ts';
import type { Timers } from './timers.ts';

/** Rest after a step, ms: what an operator does meanwhile gets its turn. */
const pauseMs = 50;

/**
 * Makes what follows from the cases and is not there, a step at a time, whether a server can be reached or not: counts of another make after an update of the
 * program, and the search index of what is new. Until then questions read the cases themselves. A snapshot under way makes it all at its end.
 */
export class Tender {
  private readonly db: WriteDb;
  private readonly timers: Timers;
  private readonly onFailure: (error: unknown) => void;
  private running: Promise<void> | null = null;
  private stopPause: (() => void) | null = null;
  private ended = false;

  constructor(db: WriteDb, timers: Timers, onFailure: (error: unknown) => void) {
    this.db = db;
    this.timers = timers;
    this.onFailure = onFailure;
  }

  /** There may be something to do; begins once who calls has finished. */
  wake(): void {
    if (this.ended || this.running !== null) return;
    this.running = this.run().finally(() => {
      this.running = null;
    });
  }

  /** Resolves when nothing touches the replica any more. */
  async end(): Promise<void> {
    this.ended = true;
    this.stopPause?.();
    await this.running;
  }

  private async run(): Promise<void> {
    await null;
    try {
      while (!this.ended && this.step()) await this.pause();
    } catch (error) {
      this.onFailure(error);
    }
  }

  private step(): boolean {
    const { db } = this;
    return readFact(db, 'snapshot') === null && (tendRollups(db) || tendSearch(db));
  }

  private pause(): Promise<void> {
    return new Promise((wake) => {
      const cancel = this.timers.after(pauseMs, wake);
      this.stopPause = () => {
        cancel();
        wake();
      };
    });
  }
}
