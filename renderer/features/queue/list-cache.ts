import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import type { CaseRow } from '../../../shared/model/case-view.ts';

export const blockSize = 100;
const countAgainMs = 200;

/** The questions a list asks; injected so that the cache is tested without a page. */
export interface ListSource {
  openList(args: QueryArgs<'openList'>): Promise<QueryResult<'openList'>>;
  listRows(args: QueryArgs<'listRows'>): Promise<QueryResult<'listRows'>>;
  listTotal(args: QueryArgs<'listTotal'>): Promise<QueryResult<'listTotal'>>;
  listDelta(args: QueryArgs<'listDelta'>): Promise<QueryResult<'listDelta'>>;
}
const noDelta: QueryResult<'listDelta'> = { added: 0, removed: 0 };
export interface ListSnapshot {
  listId: string | null;
  /** Cases in the list; while `counting`, only those whose rows are here. */
  total: number;
  counting: boolean;
  /** True from a change of the question until its first rows. */
  opening: boolean;
  failure: unknown;
  /** What opening this very list again would bring. */
  delta: QueryResult<'listDelta'>;
  /** Grows with every change, so that a reader of the cache draws again. */
  version: number;
}
type Question = Pick<QueryArgs<'openList'>, 'filter' | 'sort'>;

/**
 * Rows of one open list in blocks of `blockSize`, fetched when they come into sight and fetched again when rows changed: the order never changes
 * while the list is open, only values do. Old values stay until new ones are there, so nothing blinks.
 */
export class ListCache {
  private readonly source: ListSource;
  private readonly pause: () => Promise<void>;
  private readonly listeners = new Set<() => void>();
  private blocks = new Map<number, CaseRow[]>();
  private stale = new Set<number>();
  private readonly underWay = new Set<string>();
  private question: Question | null = null;
  private openings = 0;
  private asking = false;
  private askAgain = false;
  snapshot: ListSnapshot = {
    listId: null,
    total: 0,
    counting: false,
    opening: true,
    failure: null,
    delta: noDelta,
    version: 0,
  };

  constructor(source: ListSource, pause = () => new Promise<void>((wake) => setTimeout(wake, countAgainMs))) {
    this.source = source;
    this.pause = pause;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
  read = (): ListSnapshot => this.snapshot;

  row(index: number): CaseRow | null {
    return this.blocks.get(Math.floor(index / blockSize))?.[index % blockSize] ?? null;
  }

  /** Place of a case among the rows fetched so far; -1 when it is not among them. */
  indexOf(caseId: string): number {
    for (const [block, rows] of this.blocks) {
      const at = rows.findIndex((row) => row.id === caseId);
      if (at >= 0) return block * blockSize + at;
    }
    return -1;
  }

  /** Opens the list for a question; a newer question makes an older answer void. Old rows stay until the new ones are there. */
  async open(question: Question): Promise<void> {
    const opening = ++this.openings;
    this.question = question;
    this.set({ opening: true });
    try {
      const { listId, total, rows } = await this.source.openList({ ...question, limit: blockSize });
      if (opening !== this.openings) return;
      this.blocks = new Map([[0, rows]]);
      this.stale = new Set();
      const counting = total === null;
      this.set({ listId, total: total ?? rows.length, counting, opening: false, failure: null, delta: noDelta });
      if (counting) void this.count(listId);
    } catch (failure) {
      if (opening === this.openings) this.set({ opening: false, failure });
    }
  }

  /** Asks again for the number of cases until the reader has counted them. */
  private async count(listId: string): Promise<void> {
    while (this.snapshot.listId === listId) {
      await this.pause();
      // A list that the reader has forgotten is opened anew by the next row that is fetched.
      const { total } = await this.source.listTotal({ listId }).catch(() => ({ total: null }));
      if (total === null || this.snapshot.listId !== listId) continue;
      this.set({ total, counting: false });
      return;
    }
  }

  /** Fetches what is missing or out of date between two rows, both included. */
  async ensure(first: number, last: number): Promise<void> {
    const { listId, total } = this.snapshot;
    if (listId === null || total === 0) return;
    const from = Math.floor(Math.max(0, first) / blockSize);
    const to = Math.floor(Math.min(last, total - 1) / blockSize);
    const wanted: Promise<void>[] = [];
    for (let block = from; block <= to; block += 1) {
      if (!this.blocks.has(block) || this.stale.has(block)) wanted.push(this.fetch(listId, block));
    }
    await Promise.all(wanted);
  }

  /** Rows changed somewhere: every block is out of date, and the one in sight is fetched when `ensure` is next called. */
  markStale(): void {
    this.stale = new Set(this.blocks.keys());
    this.set({});
  }

  /** Asks what waits behind the pill; changes that come meanwhile are asked for once more, never twice at a time. */
  async askDelta(): Promise<void> {
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    do {
      this.askAgain = false;
      const { listId } = this.snapshot;
      if (listId === null) break;
      // A list that the reader has forgotten is opened anew by the next row that is fetched.
      const delta = await this.source.listDelta({ listId }).catch(() => null);
      if (delta && this.snapshot.listId === listId) this.set({ delta });
    } while (this.askAgain);
    this.asking = false;
  }

  private async fetch(listId: string, block: number): Promise<void> {
    const key = `${listId}:${block}`;
    if (this.underWay.has(key)) return;
    this.underWay.add(key);
    this.stale.delete(block);
    try {
      const { rows } = await this.source.listRows({ listId, offset: block * blockSize, limit: blockSize });
      if (this.snapshot.listId !== listId) return;
      this.blocks.set(block, rows);
      this.set({ failure: null });
    } catch {
      // The reader keeps only the lists used last and forgets all when it is restarted: the same question opens the list anew.
      if (this.snapshot.listId === listId && this.question) await this.open(this.question);
    } finally {
      this.underWay.delete(key);
    }
  }

  private set(patch: Partial<ListSnapshot>): void {
    this.snapshot = { ...this.snapshot, ...patch, version: this.snapshot.version + 1 };
    for (const listener of this.listeners) listener();
  }
}
