import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs';
import type { Chance } from './random.ts';

/** How an end of the process treats what was written: a kill leaves it, a power cut takes what was not yet on the disk. */
export type End = 'kill' | 'powerCut';

/**
 * The disk under one replica file. A commit is on it when the connection says so (synchronous=FULL syncs the log at each commit, anything less only at a
 * checkpoint); of what came after, a power cut leaves any part. A lying disk forgets every second sync.
 */
export class Disk {
  readonly file: string;
  private readonly wal: string;
  private readonly chance: Chance;
  readonly lies: boolean;
  private synced = { salt: '', bytes: 0 };

  constructor(file: string, chance: Chance, lies: boolean) {
    this.file = file;
    this.wal = `${file}-wal`;
    this.chance = chance;
    this.lies = lies;
  }

  /** After a commit. `flushed`: the connection waited for the disk. */
  committed(flushed: boolean): void {
    if (flushed && !(this.lies && this.chance.hits(0.5))) this.synced = { salt: this.salt(), bytes: this.bytes() };
  }

  /** Ends the connection by `close` and leaves the files as this end of the process would. */
  end(how: End, close: () => void): void {
    const [copy, walCopy] = [`${this.file}.end`, `${this.file}.end-wal`];
    copyFileSync(this.file, copy);
    const withWal = existsSync(this.wal);
    if (withWal) {
      copyFileSync(this.wal, walCopy);
      if (how === 'powerCut') truncateSync(walCopy, this.bytesLeft());
    }
    close();
    // Closing wrote the log into the file; no ended process would have.
    renameSync(copy, this.file);
    rmSync(this.wal, { force: true });
    rmSync(`${this.file}-shm`, { force: true });
    if (withWal) renameSync(walCopy, this.wal);
  }

  private bytesLeft(): number {
    const whole = this.bytes();
    // Another log than at the last sync: a checkpoint lies between, and that syncs by itself.
    const sure = this.salt() === this.synced.salt ? Math.min(this.synced.bytes, whole) : 0;
    return this.chance.between(sure, whole);
  }

  private bytes(): number {
    return existsSync(this.wal) ? statSync(this.wal).size : 0;
  }

  private salt(): string {
    if (this.bytes() < 24) return '';
    const header = Buffer.alloc(24);
    const handle = openSync(this.wal, 'r');
    readSync(handle, header);
    closeSync(handle);
    return header.subarray(16).toString('hex');
  }
}
