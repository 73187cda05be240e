import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Where the replica's server rows stand: whole at a revision, or at a part of a snapshot. */
export type Place = { cursor: number } | { snapshot: number; prior: number; parts: number };

/** What the process under test says of itself, in the order of what it does to its files. */
export type Mark =
  /** The handler's promise has resolved: the page may tell the operator that it stands. */
  | { t: 'acknowledged'; ids: string[] }
  /** They are about to be taken back, and have been, as the page was told. */
  | { t: 'takingBack' | 'takenBack'; ids: string[] }
  /** The server's answer is about to be recorded: from now on the feed at `rev` may settle the command. */
  | { t: 'accepted'; id: string; rev: number }
  /** The server's rows are about to get there. */
  | { t: 'goingTo'; place: Place }
  /** They are there, and it was said that this lasts. */
  | { t: 'arrived'; place: Place };

export class Marks {
  private readonly fd: number;

  constructor(folder: string) {
    this.fd = openSync(join(folder, 'marks'), 'w');
  }

  say(mark: Mark): void {
    writeSync(this.fd, JSON.stringify(mark));
  }

  close(): void {
    closeSync(this.fd);
  }
}
