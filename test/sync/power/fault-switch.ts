import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

export type FaultErrno = 'ENOSPC' | 'EIO';
/** Once, or from then on until the disk is well again. */
export type FaultSpan = 'once' | 'on';

/** Speaks to the shim below this process. */
export class FaultSwitch {
  private readonly fd: number;
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
    this.fd = openSync(join(folder, 'control'), 'w');
  }

  /** The `n`-th change of a watched file from now on fails. */
  arm(n: number, errno: FaultErrno, span: FaultSpan): void {
    writeSync(this.fd, `fail ${n} ${constants.errno[errno]} ${span}`);
  }

  /** The disk is well again. How many calls there were since it was armed, and how many of them failed. */
  heal(): { calls: number; failed: number } {
    writeSync(this.fd, 'heal');
    const [calls = 0, failed = 0] = readFileSync(join(this.folder, 'seen'), 'utf8').split(' ').map(Number);
    return { calls, failed };
  }

  close(): void {
    closeSync(this.fd);
  }
}
