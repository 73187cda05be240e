import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { newestVersion } from '../migrations/migrate.ts';

const headerBytes = 100;

/**
 * What is wrong with the first 100 bytes of a file that was a replica of this program's; null: nothing that shows. SQLite would take some of this for
 * another program's file, a newer version or one that may not be written. `version`: of the replica, as its side file has it.
 */
export function headerTrouble(file: string, version: number): string | null {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return null;
  if (size === 0) return 'empty';
  const header = Buffer.alloc(headerBytes);
  const handle = openSync(file, 'r');
  try {
    if (readSync(handle, header, 0, headerBytes, 0) < headerBytes) return 'cut in its header';
  } finally {
    closeSync(handle);
  }
  const wrong = fields(header, version).find(([, holds]) => !holds);
  return wrong ? `header: ${wrong[0]}` : null;
}

function fields(header: Buffer, version: number): [string, boolean][] {
  const pageSize = header.readUInt16BE(16);
  const at = header.readUInt32BE(60);
  return [
    ['magic', header.toString('latin1', 0, 16) === 'SQLite format 3\0'],
    ['page size', pageSize === 1 || (pageSize >= 512 && (pageSize & (pageSize - 1)) === 0)],
    // 2: with a write-ahead log; 1 only before its first use.
    ['write version', header[18] === 1 || header[18] === 2],
    ['read version', header[19] === header[18]],
    ['fractions', header[21] === 64 && header[22] === 32 && header[23] === 32],
    ['schema format', header.readUInt32BE(44) <= 4],
    ['encoding', header.readUInt32BE(56) <= 1],
    // The side file beside a replica of a newer program says so itself.
    ['version', at <= Math.max(version, newestVersion)],
  ];
}
