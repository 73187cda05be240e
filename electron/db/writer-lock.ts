import Database from 'better-sqlite3';
import { Failure } from '../../shared/errors.ts';
import { failureOfSqlite } from './failures.ts';

export const lockOf = (file: string): string => `${file}.lock`;

/** A writer that was just ended may still be on its way out, ms. */
const usualPatienceMs = 3000;

/**
 * Makes this process the one writer of a replica until the answer is called; whoever comes meanwhile waits `patienceMs`. The lock is the operating
 * system's, on an empty database beside the replica that is never moved with it: it ends with the process, however that ends. Throws Failure
 * replicaInUse, or as `failureOfSqlite` where the folder cannot be written.
 */
export function lockForWriting(file: string, patienceMs = usualPatienceMs): () => void {
  try {
    const lock = new Database(lockOf(file), { timeout: patienceMs });
    try {
      lock.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      lock.close();
      throw error;
    }
    return () => lock.close();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('SQLITE_BUSY'))
      throw failureOfSqlite(error);
    throw new Failure(
      'replicaInUse',
      'another program of this workstation (the app, or another `npm run replica`) writes this file: close it, or only read',
      { retry: true, cause: error },
    );
  }
}
