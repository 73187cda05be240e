import type { ClientBase, Pool } from 'pg';
import type { RowsForm } from '../../shared/protocol/feed.ts';
import { columnsOf, type SyncRow, type SyncTable } from '../../shared/protocol/tables.ts';
import { sqlTable, wireColumns } from './tables.ts';

/** Whoever can run a statement: the pool, or a transaction's connection. */
export type Queryable = Pool | ClientBase;

/** Rows of a synchronised table, as on the wire. `tail` is what follows FROM: WHERE, ORDER BY, LIMIT, FOR UPDATE. */
export async function selectRows<T extends SyncTable>(
  db: Queryable,
  table: T,
  tail: string,
  values: readonly unknown[] = [],
): Promise<SyncRow<T>[]> {
  const found = await db.query<SyncRow<T> & object>({
    text: `SELECT ${wireColumns(table)} FROM ${sqlTable(table)} ${tail}`,
    values: [...values],
  });
  return found.rows;
}

/** As above, each row already JSON text: for streams, where parsing would only be undone. */
export async function selectJson(
  db: Queryable,
  table: SyncTable,
  tail: string,
  values: readonly unknown[] = [],
): Promise<{ id: string; rev: number; json: string }[]> {
  const found = await db.query<{ id: string; rev: number; json: string }>({
    text: `SELECT x.id, x.rev, row_to_json(x)::text AS json FROM (SELECT ${wireColumns(table)} FROM ${sqlTable(table)} ${tail}) x`,
    values: [...values],
  });
  return found.rows;
}

/** As above by position, in the order of `columnsOf`: the database writes the row, nobody reads it on the way. */
export async function selectArrays(
  db: Queryable,
  table: SyncTable,
  tail: string,
  values: readonly unknown[] = [],
): Promise<{ id: string; rev: number; json: string }[]> {
  const columns = columnsOf(table).map((column) => column.name);
  const found = await db.query<{ id: string; rev: number; json: string }>({
    text: `SELECT id, rev, json_build_array(${columns.join(', ')})::text AS json FROM ${sqlTable(table)} ${tail}`,
    values: [...values],
  });
  return found.rows;
}

/**
 * The same of many rows as one text, their arrays separated by commas, and the id of the last: with nothing to be done a row, a server sends them for a
 * third of the work. `tail` orders by id, downwards or upwards. Null: there are none.
 */
export async function selectPage(
  db: Queryable,
  table: SyncTable,
  tail: string,
  values: readonly unknown[],
): Promise<{ last: string; rows: number; json: string } | null> {
  const columns = columnsOf(table).map((column) => column.name);
  const found = await db.query<{ last: string | null; rows: number; json: string }>({
    text: `SELECT (array_agg(x.id))[count(*)] AS last, count(*) AS rows, string_agg(x.json, ',') AS json
             FROM (SELECT id, json_build_array(${columns.join(', ')})::text AS json FROM ${sqlTable(table)} ${tail}) x`,
    values: [...values],
  });
  const page = found.rows[0];
  return page && page.last !== null ? { ...page, last: page.last } : null;
}

/** Lines of rows as they were asked for: one a row, or one for all of them. */
export function linesOfRows(table: SyncTable, form: RowsForm, rows: readonly { json: string }[]): string {
  if (form === 'objects') return rows.map(({ json }) => `{"t":"row","table":"${table}","data":${json}}\n`).join('');
  return lineOfArrays(table, rows.map(({ json }) => json).join());
}

/** One line of rows by position. */
export function lineOfArrays(table: SyncTable, arrays: string): string {
  const columns = JSON.stringify(columnsOf(table).map((column) => column.key));
  return `{"t":"rows","table":"${table}","columns":${columns},"rows":[${arrays}]}\n`;
}
