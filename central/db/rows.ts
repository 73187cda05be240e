import type { ClientBase, Pool } from 'pg';
import type { SyncRow, SyncTable } from '../../shared/protocol/tables.ts';
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
