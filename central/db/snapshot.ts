import type { Pool } from 'pg';
import type { RowsForm } from '../../shared/protocol/feed.ts';
import { isRecordTable, type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import { readMeta } from './meta.ts';
import { lineOfArrays, linesOfRows, type Queryable, selectJson, selectPage } from './rows.ts';
import { sqlTable } from './tables.ts';
import { andInTown, type Town } from './town-scope.ts';

const batchRows = 1000;

/** A run over a table, or part of one, by id. Its name stands in the marks. */
interface Pass {
  name: string;
  table: SyncTable;
  /** Ids begin with their instant: backwards is from the newest on. */
  backwards: boolean;
  and: string;
}

/**
 * The register, so that a screen can name places and people; the open cases, which are what a desk works by; the closed ones from the newest on; what hangs
 * on them. A case that is closed or opened again meanwhile has moved beyond the snapshot's revision: it may come twice here, and the feed brings it in
 * any case.
 */
const passes: readonly Pass[] = syncTableNames.flatMap((table): Pass[] => {
  const newest = { name: `${table}.newest`, table, backwards: true, and: '' };
  if (table === 'case')
    return [
      { ...newest, name: 'case.open', and: ' AND closed_at IS NULL' },
      { ...newest, name: 'case.closed', and: ' AND closed_at IS NOT NULL' },
    ];
  return isRecordTable(table) ? [newest] : [{ name: table, table, backwards: false, and: '' }];
});

/** Where a snapshot rests: everything up to this row of this pass has been sent. */
export interface SnapshotPlace {
  pass: string;
  id: string;
}

/** `case.open:01H…`; null for what no server of ours wrote. */
export function placeOf(mark: string): SnapshotPlace | null {
  const [pass = '', ...rest] = mark.split(':');
  return passes.some(({ name }) => name === pass) ? { pass, id: rest.join(':') } : null;
}

/** Revision to go on from and the numbers of rows that the town (null: everybody) gets, taken in one glance. */
export async function beginSnapshot(
  pool: Pool,
  town: Town,
): Promise<{ at: number; epoch: string; counts: Record<string, number> }> {
  // The revision first: rows that come after it are sent again by the feed, never left out.
  const { epoch, rev } = await readMeta(pool);
  return { at: rev, epoch, counts: await countRows(pool, town) };
}

async function countRows(db: Queryable, town: Town): Promise<Record<string, number>> {
  const values: unknown[] = [];
  const parts = syncTableNames.map(
    (table) =>
      `SELECT '${table}' AS name, count(*) AS rows FROM ${sqlTable(table)} WHERE true${andInTown(table, town, values)}`,
  );
  const found = await db.query<{ name: string; rows: number }>(parts.join(' UNION ALL '), values);
  return Object.fromEntries(found.rows.map((row) => [row.name, row.rows]));
}

/**
 * Rows, each batch followed by its mark, from `after` on. Each batch is read as it stands now: a row that changed since the snapshot's revision is sent
 * in its newer form here and again by the feed, so no transaction stays open while a slow line drains, and a snapshot can be resumed after any
 * mark, on any day.
 */
export async function* snapshotLines(
  pool: Pool,
  after: SnapshotPlace | null,
  town: Town,
  form: RowsForm,
): AsyncGenerator<string> {
  const first = passes.findIndex(({ name }) => name === after?.pass);
  for (const pass of passes.slice(Math.max(first, 0))) {
    let last = after?.pass === pass.name ? after.id : null;
    let pending = readBatch(pool, pass, last, town, form);
    for (;;) {
      const batch = await pending;
      if (!batch) break;
      last = batch.last;
      // The next batch is read while this one is on its way.
      if (batch.rows === batchRows) pending = readBatch(pool, pass, last, town, form);
      yield batch.lines;
      yield `${JSON.stringify({ t: 'mark', after: `${pass.name}:${last}` })}\n`;
      if (batch.rows < batchRows) break;
    }
  }
}

interface Batch {
  lines: string;
  rows: number;
  /** Id of the last of them. */
  last: string;
}

/** Null: there are no more. */
function readBatch(
  pool: Pool,
  { table, backwards, and }: Pass,
  after: string | null,
  town: Town,
  form: RowsForm,
): Promise<Batch | null> {
  const values: unknown[] = [batchRows];
  const beyond = after === null ? 'true' : `id ${backwards ? '<' : '>'} $${values.push(after)}`;
  const tail = `WHERE ${beyond}${and}${andInTown(table, town, values)} ORDER BY id ${backwards ? 'DESC' : 'ASC'} LIMIT $1`;
  const batch = form === 'arrays' ? arraysOf(pool, table, tail, values) : objectsOf(pool, table, tail, values);
  // Read ahead and then abandoned by a reader that left: nobody else hears its failure.
  batch.catch(() => undefined);
  return batch;
}

async function arraysOf(pool: Pool, table: SyncTable, tail: string, values: readonly unknown[]): Promise<Batch | null> {
  const page = await selectPage(pool, table, tail, values);
  return page && { lines: lineOfArrays(table, page.json), rows: page.rows, last: page.last };
}

async function objectsOf(
  pool: Pool,
  table: SyncTable,
  tail: string,
  values: readonly unknown[],
): Promise<Batch | null> {
  const rows = await selectJson(pool, table, tail, values);
  const end = rows.at(-1);
  return end ? { lines: linesOfRows(table, 'objects', rows), rows: rows.length, last: end.id } : null;
}
