import type { ReadDb, WriteDb } from '../statements.ts';
import { partOf, partSize } from './case-set.ts';
import { makePart, putLists, rangeOf } from './make-part.ts';
import { termsSignature } from './terms.ts';
import { putZones } from './zones.ts';

/** So many cases may wait for the index: until then their texts are read with every search, some ten milliseconds. */
const mayWait = 4096;

/** Up to which number cases are in the index, but for those in `search_fresh`; 0 for an index of other terms. */
export function indexedUpTo(db: ReadDb): number {
  const state = db.get<{ signature: string; upto: number }>('SELECT signature, upto FROM search_state');
  return state?.signature === termsSignature ? state.upto : 0;
}

/** Number of the newest case. */
export function newest(db: ReadDb): number {
  return db.get<{ n: number | null }>('SELECT max(n) AS n FROM cases')?.n ?? 0;
}

/** The index is empty from here on, and made of the terms of this program. */
export function beginIndex(db: WriteDb): void {
  db.run('DELETE FROM search_part');
  db.run('DELETE FROM search_fresh');
  db.run('UPDATE search_state SET signature = :signature, upto = 0', { signature: termsSignature });
}

/** Parts that `indexNextPart` has still to make before every case is in the index. */
export function partsLeft(db: ReadDb): number {
  const upto = indexedUpTo(db);
  const last = newest(db);
  return last > upto ? partOf(last) - partOf(upto + 1) + 1 : 0;
}

/** Puts the next part of what is not in the index into it, in one transaction of some tenths of a second; false: there was nothing. */
export function indexNextPart(db: WriteDb): boolean {
  return db.transaction(() => {
    const upto = indexedUpTo(db);
    const last = newest(db);
    if (upto === 0) beginIndex(db);
    if (last <= upto) return false;
    const part = partOf(upto + 1);
    indexPart(db, part);
    db.run('UPDATE search_state SET upto = :upto', { upto: Math.min(last, (part + 1) * partSize - 1) });
    return true;
  });
}

/** Makes the whole index of what is not in it. `onSlice` hears after each part; for a million cases 16 of them. */
export function rebuildSearch(db: WriteDb, onSlice: (left: number) => void = () => undefined): void {
  while (indexNextPart(db)) onSlice(partsLeft(db));
}

/** Once too many cases wait, puts a part of them into the index; true: there may be more to do. For when nothing more urgent is to be done. */
export function tendSearch(db: WriteDb): boolean {
  const upto = indexedUpTo(db);
  if (newest(db) - upto > mayWait) return indexNextPart(db);
  const fresh = db.get<{ count: number }>('SELECT count(*) AS count FROM search_fresh')?.count ?? 0;
  if (fresh <= mayWait) return false;
  const busiest = db.get<{ part: number }>(
    `SELECT n / ${partSize} AS part FROM search_fresh WHERE n <= :upto GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`,
    { upto },
  );
  if (busiest)
    db.transaction(() => {
      indexPart(db, busiest.part);
      // The number of a newest case that is gone may be given again.
      db.run('UPDATE search_state SET upto = min(upto, :newest)', { newest: newest(db) });
    });
  else db.run('DELETE FROM search_fresh WHERE n > :upto', { upto });
  return true;
}

/** Makes one part anew from its cases. */
function indexPart(db: WriteDb, part: number): void {
  const made = makePart(db, part);
  putLists(db, part, made.lists);
  putZones(db, part, made.zones);
  db.run('DELETE FROM search_fresh WHERE n >= :from AND n < :to', rangeOf(part));
}
