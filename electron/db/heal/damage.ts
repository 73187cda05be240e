import { Failure } from '../../../shared/errors.ts';
import { failureOfSqlite } from '../failures.ts';

/** `detail` of a failure by which we ourselves found stored data not to be what we wrote. */
const damageFound = 'damageFound';
/** `detail` of the failure of a replica that was made anew and damaged too often: a person has to look. */
export const damagedAgain = 'damagedAgain';

/** Whether this says that the content of the replica's file is not what was written: not a full disk, a device that fails or rights that lack. */
export function isDamage(error: unknown): error is Failure {
  if (!(error instanceof Failure)) return false;
  return error.detail === 'SQLITE_NOTADB' || (error.kind === 'replicaDamaged' && error.detail !== damagedAgain);
}

export function damage(message: string, cause?: unknown): Failure {
  return new Failure('replicaDamaged', message, { detail: damageFound, cause });
}

/** JSON as we stored it. Throws the failure of a damaged replica where it does not parse: nothing but JSON was ever written there. */
export function parseStored(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw asDamage(error);
  }
}

/** What a statement or a reader of rows threw, seen as damage if it can be nothing else; everything else as it was. */
export function asDamage(error: unknown): unknown {
  if (error instanceof SyntaxError) return damage('stored JSON does not parse', error);
  // SQLite's own JSON functions meet only what we stored.
  if (error instanceof Error && error.message === 'malformed JSON') return damage('stored JSON does not parse', error);
  const failure = failureOfSqlite(error);
  return isDamage(failure) ? failure : error;
}
