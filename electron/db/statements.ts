import type { Database } from 'better-sqlite3';
import type { Failure } from '../../shared/errors.ts';
import { failureOfSqlite } from './failures.ts';
import { type Later, LogFolding } from './fold-log.ts';
import { asDamage, isDamage } from './heal/damage.ts';

/** What a statement takes and gives. Booleans are written 0/1 by the caller. */
export type Value = string | number | null;
/** Named parameters of a statement. */
export type Params = Readonly<Record<string, Value>>;

/** A call that took long. `sql` is the statement's text without its values, so that a log holds no personal data. */
export interface SlowCall {
  sql: string;
  ms: number;
}
export type OnSlow = (call: SlowCall) => void;

/** Goes along with every write: hears of it before its commit and after. */
export interface Journal {
  /** The last step before the commit. What it throws keeps the transaction from committing. */
  sealing(): void;
  /** It is on the disk. Must not throw. */
  committed(): void;
  /** It was rolled back. Must not throw. */
  dropped(): void;
  close(): void;
}

/** Connection that can only read. The reader process holds one; its file handle is read-only too. */
export class ReadDb {
  /** Told when a statement finds the file damaged. */
  onDamage: ((found: Failure) => void) | null = null;
  /** Told once, when the connection closes. */
  onClose: (() => void) | null = null;
  protected readonly handle: Database;
  private readonly prepared = new Map<string, ReturnType<Database['prepare']>>();
  private readonly onSlow: OnSlow;
  private readonly slowMs: number;

  constructor(handle: Database, onSlow: OnSlow = () => undefined, slowMs = 100) {
    this.handle = handle;
    this.onSlow = onSlow;
    this.slowMs = slowMs;
  }

  all<T>(sql: string, params: Params = {}): T[] {
    return this.timed(sql, () => this.prepare(sql).all(params) as T[]);
  }

  get<T>(sql: string, params: Params = {}): T | undefined {
    return this.timed(sql, () => this.prepare(sql).get(params) as T | undefined);
  }

  /** First column of every row. */
  column<T>(sql: string, params: Params = {}): T[] {
    return this.timed(sql, () => {
      const statement = this.prepare(`/* column */ ${sql}`);
      return statement.pluck(true).all(params) as T[];
    });
  }

  /** Every row as an array, in the order of its columns: half the cost of objects, which counts where every case is read. */
  rows<T extends readonly unknown[]>(sql: string, params: Params = {}): T[] {
    return this.timed(sql, () => {
      const statement = this.prepare(`/* rows */ ${sql}`);
      return statement.raw(true).all(params) as T[];
    });
  }

  /** Changes whenever another connection commits: what a cache is keyed by. */
  dataVersion(): number {
    return this.handle.pragma('data_version', { simple: true }) as number;
  }

  /** Holds one snapshot from the first read until `endSnapshot`. Keep it short: it holds back the write-ahead log. */
  beginSnapshot(): void {
    this.prepare('BEGIN').run({});
  }

  endSnapshot(): void {
    if (this.handle.inTransaction) this.prepare('COMMIT').run({});
  }

  /** All reads of `work` see the same state of the data. */
  consistently<T>(work: () => T): T {
    if (this.handle.inTransaction) return work();
    this.beginSnapshot();
    try {
      return work();
    } finally {
      this.endSnapshot();
    }
  }

  /** Lines of the query plan, for tests that pin the plan of a hot query. */
  planOf(sql: string, params: Params = {}): string[] {
    const rows = this.handle.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(params) as { detail: string }[];
    return rows.map((row) => row.detail);
  }

  close(): void {
    this.onClose?.();
    this.prepared.clear();
    this.handle.close();
  }

  protected prepare(sql: string): ReturnType<Database['prepare']> {
    let statement = this.prepared.get(sql);
    if (!statement) {
      statement = this.handle.prepare(sql);
      this.prepared.set(sql, statement);
      if (this.prepared.size > 500) this.prepared.delete(this.prepared.keys().next().value as string);
    }
    return statement;
  }

  protected timed<T>(sql: string, call: () => T): T {
    const started = performance.now();
    try {
      return call();
    } catch (error) {
      const failure = asDamage(failureOfSqlite(error));
      if (isDamage(failure)) this.onDamage?.(failure);
      throw failure;
    } finally {
      const ms = performance.now() - started;
      if (ms >= this.slowMs) this.onSlow({ sql: sql.replace(/\s+/g, ' ').slice(0, 160), ms: Math.round(ms) });
    }
  }
}

/** The one connection that writes. Only the writer process opens it. */
export class WriteDb extends ReadDb {
  journal: Journal | null = null;
  /** Told once, when the file is let go of. */
  afterClose: (() => void) | null = null;
  private expectsMuch = false;
  private folding: LogFolding | null = null;

  /** Makes a function that SQL of this connection may call. */
  define(name: string, work: (value: unknown) => void): void {
    this.handle.function(name, (value: unknown) => {
      work(value);
      return null;
    });
  }

  /** The same for a question that has the answer yes or no. */
  predicate(name: string, work: (value: unknown) => boolean): void {
    this.handle.function(name, { varargs: true }, (value: unknown) => (work(value) ? 1 : 0));
  }

  /** From here on the log is folded into the file by `later`, after what wrote has been answered, and not within its commit. */
  foldLater(later: Later): void {
    this.folding = new LogFolding(this.handle, later);
  }

  override close(): void {
    this.journal?.close();
    super.close();
    this.afterClose?.();
  }

  /** Rows changed. Parameters by name, or by position: that costs a third less, which counts where rows come by the million. */
  run(sql: string, params: Params | readonly (Value | Uint8Array)[] = {}): number {
    // A journal hears of a write before it is committed, also of one outside a transaction.
    if (this.journal && !this.handle.inTransaction) return this.transaction(() => this.run(sql, params));
    return this.timed(sql, () => this.prepare(sql).run(params).changes);
  }

  /**
   * Runs a statement over a text that came from elsewhere. Null: the text is not what the statement needs, and it has written nothing; which says nothing
   * of the file.
   */
  runOver(sql: string, params: readonly (Value | Uint8Array)[]): number | null {
    return this.timed(sql, () => {
      try {
        return this.prepare(sql).run(params).changes;
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        if (code === 'SQLITE_ERROR' || code.startsWith('SQLITE_CONSTRAINT')) return null;
        throw error;
      }
    });
  }

  /** The same statement with each of these rows of parameters, in one transaction; their number. A row is used before the next is asked for. */
  runEach(sql: string, rows: Iterable<readonly (Value | Uint8Array)[]>): number {
    return this.transaction(() =>
      this.timed(sql, () => {
        const statement = this.prepare(sql);
        let count = 0;
        for (const row of rows) {
          statement.run(row);
          count += 1;
        }
        return count;
      }),
    );
  }

  /** Runs statements without parameters that are used once: definitions of tables and triggers. */
  script(sql: string): void {
    this.timed(sql, () => this.handle.exec(sql));
  }

  /** Tells the planner how large tables and indexes are now. Milliseconds; call after many rows came. */
  learnSizes(): void {
    this.timed('ANALYZE', () => {
      this.handle.pragma('analysis_limit = 400');
      this.handle.exec('ANALYZE');
    });
  }

  /** While very much is written: more memory for it, and less often folding the write-ahead log (here up to about 80 MB) into the file. */
  expectMuch(much: boolean): void {
    if (much === this.expectsMuch || !this.handle.open) return;
    this.expectsMuch = much;
    this.handle.pragma(`cache_size = ${much ? -65536 : -16000}`);
    if (!this.folding) this.handle.pragma(`wal_autocheckpoint = ${much ? 20_000 : 1000}`);
    // Now, and not with whatever an operator does next.
    if (!much) this.handle.pragma('wal_checkpoint(PASSIVE)');
  }

  /** All or nothing; when it returns, the change is on the disk (WAL, synchronous=FULL). Nested calls join the outer one. */
  transaction<T>(work: () => T): T {
    if (this.handle.inTransaction) return work();
    return this.timed('BEGIN IMMEDIATE', () => {
      const result = this.committed(work);
      if (!this.expectsMuch) this.folding?.plan();
      return result;
    });
  }

  private committed<T>(work: () => T): T {
    const { journal } = this;
    if (!journal) return this.handle.transaction(work).immediate();
    const sealed = this.handle.transaction(() => {
      const result = work();
      journal.sealing();
      return result;
    });
    let result: T;
    try {
      result = sealed.immediate();
    } catch (error) {
      journal.dropped();
      throw error;
    }
    journal.committed();
    return result;
  }
}
