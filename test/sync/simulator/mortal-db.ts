import { openWrite } from '../../../electron/db/connection.ts';
import { failureOfSqlite } from '../../../electron/db/failures.ts';
import type { Params, WriteDb } from '../../../electron/db/statements.ts';
import type { Disk, End } from './disk.ts';
import type { Chance } from './random.ts';

export class Killed extends Error {}

/** What the disk answers for a while instead of doing its work. */
export interface DiskTrouble {
  code: 'SQLITE_FULL' | 'SQLITE_IOERR_WRITE' | 'SQLITE_IOERR_FSYNC' | 'SQLITE_IOERR_READ';
  /** Chance that a commit fails, and that a single statement does. */
  commits: number;
  statements: number;
  reads: number;
}

/**
 * The replica of a process that can end at any of its writes: before it, inside the transaction, at the commit, or after it and before anybody heard
 * of it; and whose disk can refuse any statement or commit. What still runs of an ended process reads nothing and writes nothing.
 */
export class MortalDb {
  /** For whoever looks on: always open, never refused. */
  readonly db: WriteDb;
  /** The same for the process. */
  readonly own: WriteDb;
  dead = false;
  trouble: DiskTrouble | null = null;
  private readonly disk: Disk;
  private readonly chance: Chance;
  private readonly close: () => void;
  private readonly onEnd: (how: End, where: string) => void;
  private readonly flushes: boolean;
  private planned: { how: End; steps: number } | null = null;
  private depth = 0;
  /** Ended within a write: the last mark is the last commit. */
  private cutWithin = false;

  constructor(disk: Disk, chance: Chance, onEnd: (how: End, where: string) => void) {
    this.disk = disk;
    this.chance = chance;
    this.db = openWrite(disk.file);
    this.own = Object.create(this.db) as WriteDb;
    this.onEnd = onEnd;
    this.close = this.db.close.bind(this.db);
    // The log only grows while the process lives, so that its length says what is on the disk.
    this.db.all('PRAGMA wal_autocheckpoint = 0');
    this.flushes = (this.db.get<{ synchronous: number }>('PRAGMA synchronous')?.synchronous ?? 0) >= 2;
    this.mark(true);
    this.arm();
  }

  /** Ends at the `steps`-th place from now on. */
  endAfter(how: End, steps: number): void {
    this.planned = { how, steps };
    if (this.flushes && !this.disk.lies) this.mark(true);
  }

  /** What is written now is on the disk. Looked at only where it will matter: while a cut is near, or when commits do not wait for the disk. */
  private mark(always: boolean): void {
    if (always || this.planned?.how === 'powerCut' || this.disk.lies || !this.flushes)
      this.disk.committed(always || this.flushes);
  }

  /** Ends it now. */
  end(): void {
    this.dead = true;
    this.planned = null;
  }

  /** Gives the files free as that end leaves them. Not from within a statement. */
  bury(how: End | null): void {
    if (how === 'powerCut' && !this.cutWithin && this.flushes && !this.disk.lies) this.mark(true);
    this.dead = true;
    if (how === null) this.close();
    else this.disk.end(how, this.close);
  }

  private step(where: string): void {
    if (this.planned === null) return;
    this.planned.steps -= 1;
    if (this.planned.steps > 0) return;
    const { how } = this.planned;
    this.end();
    this.cutWithin = true;
    this.onEnd(how, where);
    throw new Killed(where);
  }

  private mayFail(what: 'commits' | 'statements' | 'reads'): void {
    const { trouble } = this;
    if (trouble === null || !this.chance.hits(trouble[what])) return;
    throw failureOfSqlite(Object.assign(new Error(`the disk refuses (${what})`), { code: trouble.code }));
  }

  private arm(): void {
    const { db, own } = this;
    const [all, get, column, rows] = [db.all.bind(db), db.get.bind(db), db.column.bind(db), db.rows.bind(db)];
    const [run, transaction, learnSizes] = [db.run.bind(db), db.transaction.bind(db), db.learnSizes.bind(db)];
    const reading = <T>(nothing: T, work: () => T): T => {
      if (this.dead) return nothing;
      this.mayFail('reads');
      return work();
    };
    own.all = <T>(sql: string, params?: Params) => reading<T[]>([], () => all<T>(sql, params));
    own.get = <T>(sql: string, params?: Params) => reading<T | undefined>(undefined, () => get<T>(sql, params));
    own.column = <T>(sql: string, params?: Params) => reading<T[]>([], () => column<T>(sql, params));
    own.rows = <T extends readonly unknown[]>(sql: string, params?: Params) =>
      reading<T[]>([], () => rows<T>(sql, params));
    // It would fold the log into the file, which here only grows.
    own.expectMuch = () => undefined;
    own.learnSizes = () => this.written('learning sizes', learnSizes, undefined);
    own.run = (sql, params) => {
      if (this.dead) return 0;
      if (this.depth === 0) return this.written('a write', () => run(sql, params), 0);
      this.mayFail('statements');
      return run(sql, params);
    };
    own.transaction = <T>(work: () => T): T => {
      if (this.dead) throw new Killed('dead');
      if (this.depth > 0) return work();
      const inside = () => {
        const result = work();
        this.step('inside a transaction');
        this.mayFail('commits');
        return result;
      };
      this.step('before a transaction');
      this.depth += 1;
      let done: T;
      try {
        done = transaction(inside);
      } finally {
        this.depth -= 1;
      }
      this.settled();
      return done;
    };
  }

  private written<T>(name: string, work: () => T, nothing: T): T {
    if (this.dead) return nothing;
    this.step(`before ${name}`);
    this.mayFail('commits');
    this.depth += 1;
    let done: T;
    try {
      done = work();
    } finally {
      this.depth -= 1;
    }
    this.settled();
    return done;
  }

  private settled(): void {
    // Here the log is written and not yet synced.
    this.step('at a commit');
    this.mark(false);
    this.step('after a commit');
  }
}
