import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { Failure, type FailureKind } from '../../../shared/errors.ts';
import { decodeRecords, encodeJson, encodeRecord, type ReadRecords, type SideRecord } from './record.ts';

export const sideFileOf = (replicaFile: string): string => `${replicaFile}.outbox.log`;

/**
 * The file beside the replica that holds its commands a second time. Grows at its end; every call that returns is on the disk. Only whoever holds the
 * replica's write lock may change it. Throws Failure diskFull, diskFailing or replicaReadOnly.
 */
export class SideFile {
  private readonly path: string;
  private handle: number | null = null;
  private before: number | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** Null: there is no such file. */
  read(): (ReadRecords & { bytes: number }) | null {
    try {
      const bytes = readFileSync(this.path);
      return { ...decodeRecords(bytes), bytes: bytes.length };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw failureOfFile(error);
    }
  }

  /** Whether there is a file to add to. It may have been taken away, and another process may have written it anew. */
  present(): boolean {
    const there = statSync(this.path, { bigint: true, throwIfNoEntry: false });
    if (!there) return false;
    if (this.handle !== null && fstatSync(this.handle, { bigint: true }).ino !== there.ino) this.close();
    return true;
  }

  /** Adds records that are JSON already. Bytes after it. The file must be present. */
  append(records: readonly string[]): number {
    const bytes = Buffer.from(records.map(encodeJson).join(''));
    return guarded(() => {
      this.handle ??= openSync(this.path, 'r+');
      this.before = fstatSync(this.handle).size;
      writeAll(this.handle, bytes, this.before);
      fdatasyncSync(this.handle);
      return this.before + bytes.length;
    });
  }

  /** Takes the last append back, whole or half done; needs no room on the disk. */
  takeBack(): void {
    if (this.handle === null || this.before === null) return;
    ftruncateSync(this.handle, this.before);
    fdatasyncSync(this.handle);
    this.before = null;
  }

  /** The last append stands. */
  keep(): void {
    this.before = null;
  }

  /** Writes the file anew: the old one or the new one is there, whole, whenever the power goes. Bytes after it. */
  rewrite(records: readonly SideRecord[]): number {
    const bytes = Buffer.from(records.map(encodeRecord).join(''));
    const fresh = `${this.path}.new`;
    return guarded(() => {
      const handle = openSync(fresh, 'w', 0o600);
      try {
        writeAll(handle, bytes, 0);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      this.close();
      renameSync(fresh, this.path);
      syncFolder(dirname(this.path));
      return bytes.length;
    });
  }

  close(): void {
    if (this.handle !== null) closeSync(this.handle);
    this.handle = null;
    this.before = null;
  }
}

function writeAll(handle: number, bytes: Buffer, at: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done, bytes.length - done, at + done);
}

/** Makes a rename last. Where a folder cannot be opened (Windows) the file system sees to it. */
export function syncFolder(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(handle);
  } catch (error) {
    if (codeOf(error) !== 'EPERM' && codeOf(error) !== 'EINVAL') throw error;
  } finally {
    closeSync(handle);
  }
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw failureOfFile(error);
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

function failureOfFile(error: unknown): unknown {
  const code = codeOf(error);
  if (code === null) return error;
  const kind = kindOfCode(code);
  return new Failure(kind, `side file: ${code}`, { retry: kind !== 'replicaReadOnly', detail: code, cause: error });
}

function kindOfCode(code: string): FailureKind {
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return 'diskFull';
  return code === 'EIO' ? 'diskFailing' : 'replicaReadOnly';
}
