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

/** Lines of rows as they were asked for: one a row, or one for all of them. */
export function linesOfRows(table: SyncTable, form: RowsForm, rows: readonly { json: string }[]): string {
  if (form === 'objects') return rows.map(({ json }) => `{"t":"row","table":"${table}","data":${json}}\n`).join('');
  const columns = JSON.stringify(columnsOf(table).map((column) => column.key));
  return `{"t":"rows","table":"${table}","columns":${columns},"rows":[${rows.map(({ json }) => json).join()}]}\n`;
}
