import type { ReadDb, WriteDb } from '../statements.ts';
import { partSize } from './case-set.ts';
import { PartBuilder } from './part-builder.ts';
import { ZoneBuilder, type ZoneRow, zoneSize } from './zones.ts';

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

/** A piece of the list of a term. */
export type ListRow = readonly [term: string, piece: number, stored: Uint8Array];

/** Numbers of a part's cases: from the first to before the last. */
export const rangeOf = (part: number) => ({ from: part * partSize, to: (part + 1) * partSize });

/** Lists, in the order of the database's keys, and zones of a part from its cases as they stand. */
export function makePart(db: ReadDb, part: number): { lists: Iterable<ListRow>; zones: ZoneRow[] } {
  const range = rangeOf(part);
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
  return { lists: listsOf(builder), zones };
}

function* listsOf(builder: PartBuilder): Generator<ListRow> {
  for (const [term, posting] of builder.terms())
    for (const [piece, stored] of posting.pieces()) yield [term, piece, stored];
}

/** Replaces the lists of a part. */
export function putLists(db: WriteDb, part: number, lists: Iterable<ListRow>): void {
  db.run('DELETE FROM search_part WHERE part = :part', { part });
  db.runEach('INSERT INTO search_part (part, term, piece, ns) VALUES (?, ?, ?, ?)', ofPart(part, lists));
}

function* ofPart(part: number, lists: Iterable<ListRow>): Generator<[number, string, number, Uint8Array]> {
  for (const [term, piece, stored] of lists) yield [part, term, piece, stored];
}
