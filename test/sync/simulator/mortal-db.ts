import { openWrite } from '../../../electron/db/connection.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';

export class Killed extends Error {}

/**
 * The replica of a process that can be killed at any of its writes: before it, inside the transaction, or after the commit and before anybody
 * heard of it. What still runs of the process afterwards reads nothing and writes nothing.
 */
export class MortalDb {
  readonly db: WriteDb;
  dead = false;
  private readonly close: () => void;
  private readonly onDeath: (where: string) => void;
  private countdown: number | null = null;
  private depth = 0;

  constructor(file: string, onDeath: (where: string) => void) {
    this.db = openWrite(file);
    this.onDeath = onDeath;
    this.close = this.db.close.bind(this.db);
    this.arm();
  }

  /** Dies at the `steps`-th place from now on. */
  killAfter(steps: number): void {
    this.countdown = steps;
  }

  /** Ends it now. The file stays as the last commit left it. */
  kill(): void {
    this.dead = true;
    this.countdown = null;
  }

  /** Gives the file free. Not from within a statement. */
  bury(): void {
    this.dead = true;
    this.close();
  }

  private step(where: string): void {
    if (this.countdown === null) return;
    this.countdown -= 1;
    if (this.countdown > 0) return;
    this.kill();
    this.onDeath(where);
    throw new Killed(where);
  }

  private arm(): void {
    const { db } = this;
    const run = db.run.bind(db);
    const transaction = db.transaction.bind(db);
    const [all, get, column, learnSizes] = [
      db.all.bind(db),
      db.get.bind(db),
      db.column.bind(db),
      db.learnSizes.bind(db),
    ];
    db.all = (sql, params) => (this.dead ? [] : all(sql, params));
    db.get = (sql, params) => (this.dead ? undefined : get(sql, params));
    db.column = (sql, params) => (this.dead ? [] : column(sql, params));
    db.learnSizes = () => (this.dead ? undefined : learnSizes());
    db.run = (sql, params) => {
      if (this.dead) return 0;
      if (this.depth > 0) return run(sql, params);
      this.step('before a write');
      const changes = run(sql, params);
      this.step('after a write');
      return changes;
    };
    db.transaction = <T>(work: () => T): T => {
      if (this.dead) throw new Killed('dead');
      if (this.depth > 0) return work();
      this.step('before a transaction');
      this.depth += 1;
      let done: T;
      try {
        done = transaction(() => {
          const result = work();
          this.step('inside a transaction');
          return result;
        });
      } finally {
        this.depth -= 1;
      }
      this.step('after a commit');
      return done;
    };
  }
}
