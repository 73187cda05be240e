import type { Database } from 'better-sqlite3';

/** Runs work once what is under way has been answered. */
export type Later = (work: () => void) => void;

/** So many pages in the log are worth folding into the file. */
const foldAt = 1000;
/** From so many on a commit folds them itself, about 80 MB: for when nothing comes to an end in which `later` could run. */
const mostPages = 20_000;

/**
 * Folds the write-ahead log into the file after the answer to a command. SQLite by itself does it within the commit that makes the log long: up to half of
 * what an urging of hundreds takes. A command is on the disk with the log's flush; the folding adds nothing to that.
 */
export class LogFolding {
  private readonly handle: Database;
  private readonly later: Later;
  private planned = false;

  constructor(handle: Database, later: Later) {
    this.handle = handle;
    this.later = later;
    handle.pragma(`wal_autocheckpoint = ${mostPages}`);
  }

  /** Call after each commit. */
  plan(): void {
    if (this.planned) return;
    this.planned = true;
    this.later(() => {
      this.planned = false;
      if (this.handle.open && !this.handle.inTransaction) this.fold();
    });
  }

  private fold(): void {
    try {
      const { log, checkpointed } = this.checkpoint('NOOP');
      if (log - checkpointed >= foldAt) this.checkpoint('PASSIVE');
    } catch {
      // As SQLite itself does: everything is in the log, and the next commit plans the next try.
    }
  }

  private checkpoint(mode: 'NOOP' | 'PASSIVE'): { log: number; checkpointed: number } {
    const [said] = this.handle.pragma(`wal_checkpoint(${mode})`) as { log: number; checkpointed: number }[];
    return said ?? { log: 0, checkpointed: 0 };
  }
}
