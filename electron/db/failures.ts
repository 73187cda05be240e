import { Failure, type FailureKind } from '../../shared/errors.ts';

/** Kind of failure behind a SQLite result code; null for a code that points at our own mistake. */
function kindOfCode(code: string): FailureKind | null {
  if (code === 'SQLITE_NOTADB') return 'replicaNotSqlite';
  if (code.startsWith('SQLITE_CORRUPT')) return 'replicaDamaged';
  if (code === 'SQLITE_FULL') return 'diskFull';
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code === 'SQLITE_PERM')
    return 'replicaReadOnly';
  if (code === 'SQLITE_IOERR_SHORT_READ' || code === 'SQLITE_IOERR_CORRUPTFS') return 'replicaDamaged';
  // The disk did not do what it was asked. What lies in the file is as good as before: never a reason to set it aside.
  if (code.startsWith('SQLITE_IOERR')) return 'diskFailing';
  if (code === 'SQLITE_BUSY') return 'timeout';
  return null;
}

/** Turns what the database threw into the failure an operator can act on; leaves everything else as it was. */
export function failureOfSqlite(error: unknown): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  const kind = code === null ? null : kindOfCode(code);
  if (kind === null) return error;
  return new Failure(kind, `${code}: ${error.message}`, {
    retry: kind === 'diskFull' || kind === 'diskFailing' || kind === 'timeout',
    detail: code ?? undefined,
    cause: error,
  });
}
