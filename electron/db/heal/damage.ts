import { Failure } from '../../../shared/errors.ts';

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

/** What a statement or a reader of rows threw, seen as damage if it can be nothing else; everything else as it was. */
export function asDamage(error: unknown): unknown {
  if (error instanceof SyntaxError) return damage('stored JSON does not parse', error);
  // SQLite's own JSON functions meet only what we stored.
  if (error instanceof Error && error.message === 'malformed JSON') return damage('stored JSON does not parse', error);
  return error;
}
