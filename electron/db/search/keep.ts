import type { ReadDb, WriteDb } from '../statements.ts';
import { partOf, partSize } from './case-set.ts';
import { PartBuilder } from './part-builder.ts';
import { termsSignature } from './terms.ts';
import { putZones, ZoneBuilder, type ZoneRow, zoneSize } from './zones.ts';

/** So many cases may wait for the index: until then their texts are read with every search, some ten milliseconds. */
const mayWait = 4096;

/** What of a case the index is made from; no more of them in memory at once than a zone has, gone before the collector would move them. */
type CaseTexts = [
  n: number,
  title: string,
  address: string,
  no: string,
  sourceNo: string,
  recordedAt: number,
  dueAt: number,
];

/** Up to which number cases are in the index, but for those in `search_fresh`; 0 for an index of other terms. */
export function indexedUpTo(db: ReadDb): number {
  const state = db.get<{ signature: string; upto: number }>('SELECT signature, upto FROM search_state');
  return state?.signature === termsSignature ? state.upto : 0;
}

function newest(db: ReadDb): number {
  return db.get<{ n: number | null }>('SELECT max(n) AS n FROM cases')?.n ?? 0;
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
    if (upto === 0) {
      db.run('DELETE FROM search_part');
      db.run('DELETE FROM search_fresh');
      db.run('UPDATE search_state SET signature = :signature, upto = 0', { signature: termsSignature });
    }
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
  const range = { from: part * partSize, to: (part + 1) * partSize };
  const builder = new PartBuilder(part);
  const zones: ZoneRow[] = [];
  for (let from = range.from; from < range.to; from += zoneSize) {
    const zone = new ZoneBuilder(from / zoneSize);
    for (const [n, title, address, no, sourceNo, recordedAt, dueAt] of db.rows<CaseTexts>(
      'SELECT n, title, address, no, source_no, recorded_at, due_at FROM cases WHERE n >= :from AND n < :to ORDER BY n',
      { from, to: from + zoneSize },
    )) {
      builder.add(n, { title, address, no, sourceNo });
      zone.add(recordedAt, dueAt);
    }
    zones.push(...zone.rows());
  }
  db.run('DELETE FROM search_part WHERE part = :part', { part });
  db.runEach('INSERT INTO search_part (part, term, piece, ns) VALUES (?, ?, ?, ?)', ofPart(builder, part));
  putZones(db, part, zones);
  db.run('DELETE FROM search_fresh WHERE n >= :from AND n < :to', range);
}

function* ofPart(builder: PartBuilder, part: number): Generator<[number, string, number, Uint8Array]> {
  for (const [term, posting] of builder.terms())
    for (const [piece, stored] of posting.pieces()) yield [part, term, piece, stored];
}
