import { forgetPlace, newestSeen } from '../db/seen.ts';
import type { WriteDb } from '../db/statements.ts';

/** Notices a server that stands below what is known of it: it was restored. Remembered here until it is written down, should the disk be full. */
export class Standing {
  private readonly db: WriteDb;
  private lowest = Number.POSITIVE_INFINITY;

  constructor(db: WriteDb) {
    this.db = db;
  }

  /** The server stands at `rev`. */
  isAt(rev: number): void {
    this.lowest = Math.min(this.lowest, rev);
    if (this.lowest < newestSeen(this.db)) forgetPlace(this.db);
    this.lowest = Number.POSITIVE_INFINITY;
  }

  /** The server says itself that its data are others. */
  isElsewhere(): void {
    this.isAt(-1);
  }
}
