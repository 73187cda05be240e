import type { ReadDb, WriteDb } from '../statements.ts';
import { partOf } from './case-set.ts';
import { beginIndex, indexedUpTo, newest } from './keep.ts';
import { type ListRow, makePart, putLists, rangeOf } from './make-part.ts';
import { putZones, zonesOf } from './zones.ts';

/** The lists of a part, made in another thread: row `i` ends at byte `ends[i]`. */
export interface PackedTerms {
  terms: string[];
  pieces: Uint32Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
  stored: Uint8Array<ArrayBuffer>;
}

/** Makes the lists of a part from its cases as they stand at one instant, on a connection that only reads. A second for a full part. */
export function termsOfPart(db: ReadDb, part: number): PackedTerms {
  const rows = [...db.consistently(() => makePart(db, part)).lists];
  const ends = new Uint32Array(rows.length);
  let length = 0;
  for (const [index, [, , list]] of rows.entries()) {
    length += list.byteLength;
    ends[index] = length;
  }
  const stored = new Uint8Array(length);
  for (const [index, [, , list]] of rows.entries()) stored.set(list, (ends[index] as number) - list.byteLength);
  return { terms: rows.map(([term]) => term), pieces: Uint32Array.from(rows, ([, piece]) => piece), ends, stored };
}

function* unpacked({ terms, pieces, ends, stored }: PackedTerms): Generator<ListRow> {
  let begin = 0;
  for (const [index, term] of terms.entries()) {
    const end = ends[index] as number;
    yield [term, pieces[index] as number, stored.subarray(begin, end)];
    begin = end;
  }
}

/** A part that somebody else makes the lists of; with them the index will reach up to case `upto`. */
export interface PartAhead {
  part: number;
  upto: number;
}

/**
 * Begins the next part, if all its cases are here, so that another connection can make its lists from now on; null: none. Of the last part of all, nobody
 * knows but with `whole`. What changes in it from here on stands in `search_fresh`, as after it was made.
 */
export function beginPart(db: WriteDb, whole: boolean): PartAhead | null {
  return db.transaction(() => {
    const upto = indexedUpTo(db);
    const last = newest(db);
    const part = partOf(upto + 1);
    const range = rangeOf(part);
    if (last <= upto || (!whole && last < range.to)) return null;
    if (upto === 0) beginIndex(db);
    db.run('DELETE FROM search_fresh WHERE n >= :from AND n < :to', range);
    return { part, upto: Math.min(last, range.to - 1) };
  });
}

/** Puts the lists of a begun part into the index; false: it is no longer the next, and they are of no use. */
export function putPart(db: WriteDb, { part, upto }: PartAhead, terms: PackedTerms): boolean {
  return db.transaction(() => {
    if (partOf(indexedUpTo(db) + 1) !== part) return false;
    putLists(db, part, unpacked(terms));
    // Times may have changed since the lists were made, and nobody has widened zones that were not there.
    putZones(db, part, zonesOf(db, rangeOf(part)));
    db.run('UPDATE search_state SET upto = :upto', { upto });
    return true;
  });
}
