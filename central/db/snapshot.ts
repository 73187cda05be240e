import type { Pool } from 'pg';
import { type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import { readMeta } from './meta.ts';
import { type Queryable, selectJson } from './rows.ts';
import { sqlTable } from './tables.ts';
import { andInTown, type Town } from './town-scope.ts';

const batchRows = 1000;

/** Where a snapshot rests: everything up to this row has been sent. */
export interface SnapshotPlace {
  table: SyncTable;
  id: string;
}

/** `case:01H…`; null for what no server of ours wrote. */
export function placeOf(mark: string): SnapshotPlace | null {
  const [table = '', ...rest] = mark.split(':');
  return syncTableNames.includes(table as SyncTable) ? { table: table as SyncTable, id: rest.join(':') } : null;
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
 * Row and mark lines, by table order and id, from `after` on. Each batch is read as it stands now: a row that changed since the snapshot's
 * revision is sent in its newer form here and again by the feed, so no transaction stays open while a slow line drains, and a
 * snapshot can be resumed after any mark, on any day.
 */
export async function* snapshotLines(pool: Pool, after: SnapshotPlace | null, town: Town): AsyncGenerator<string> {
  const first = after ? syncTableNames.indexOf(after.table) : 0;
  for (const table of syncTableNames.slice(first)) {
    let last = after?.table === table ? after.id : '';
    let pending = readBatch(pool, table, last, town);
    for (;;) {
      const rows = await pending;
      const end = rows.at(-1);
      if (!end) break;
      last = end.id;
      // The next batch is read while this one is on its way.
      if (rows.length === batchRows) pending = readBatch(pool, table, last, town);
      const lines = rows.map((row) => `{"t":"row","table":"${table}","data":${row.json}}\n`);
      lines.push(`${JSON.stringify({ t: 'mark', after: `${table}:${last}` })}\n`);
      yield lines.join('');
      if (rows.length < batchRows) break;
    }
  }
}

function readBatch(pool: Pool, table: SyncTable, after: string, town: Town): Promise<{ id: string; json: string }[]> {
  const values: unknown[] = [after, batchRows];
  const where = `WHERE id > $1${andInTown(table, town, values)}`;
  const batch = selectJson(pool, table, `${where} ORDER BY id LIMIT $2`, values);
  // Read ahead and then abandoned by a reader that left: nobody else hears its failure.
  batch.catch(() => undefined);
  return batch;
}
