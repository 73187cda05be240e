import type { Pool, PoolClient } from 'pg';
import type { SyncRow, SyncTable } from '../../shared/protocol/tables.ts';
import { sqlTable, upsertSql } from './tables.ts';
import { inTransaction } from './transaction.ts';
import { WriterLine } from './writer-line.ts';

/** Any constant will do. Held from a writer's first statement until its commit is visible. */
const writerLock = 350322002;
/** Channel on which a commit says its revision. */
export const revisionChannel = 'xianyou_revision';
const rowsPerStatement = 2000;
const lines = new WeakMap<Pool, WriterLine>();

/** The open transaction of one revision. */
export interface Revision {
  client: PoolClient;
  /** The revision that this transaction's rows carry, if it changes any. */
  rev: number;
  upsert<T extends SyncTable>(table: T, rows: readonly SyncRow<T>[]): Promise<void>;
  remove(table: SyncTable, ids: readonly string[]): Promise<void>;
}

/**
 * One transaction, one revision. Writers stand in line by an advisory lock that the database lets go only after the commit is visible, so
 * revisions are handed out in commit order and a reader that sees revision n has seen all below it. A transaction that changes no
 * synchronised row uses up no revision: `rev` is then null.
 */
export async function inRevision<R>(
  pool: Pool,
  work: (revision: Revision) => Promise<R>,
): Promise<{ result: R; rev: number | null }> {
  const line = lines.get(pool) ?? new WriterLine();
  lines.set(pool, line);
  return line.take(() => write(pool, work));
}

function write<R>(pool: Pool, work: (revision: Revision) => Promise<R>): Promise<{ result: R; rev: number | null }> {
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [writerLock]);
    const found = await client.query<{ rev: number }>('SELECT rev FROM meta');
    const rev = (found.rows[0]?.rev ?? 0) + 1;
    let touched = false;
    const result = await work({
      client,
      rev,
      async upsert(table, rows) {
        for (let start = 0; start < rows.length; start += rowsPerStatement) {
          touched = true;
          const part = rows.slice(start, start + rowsPerStatement);
          await client.query({ name: `upsert-${table}`, text: upsertSql(table), values: [JSON.stringify(part), rev] });
        }
      },
      async remove(table, ids) {
        const gone = await client.query<{ id: string }>(
          `DELETE FROM ${sqlTable(table)} WHERE id = ANY($1) RETURNING id`,
          [ids],
        );
        if (gone.rows.length === 0) return;
        touched = true;
        await client.query(
          `INSERT INTO tombstone SELECT $1, id, $3 FROM unnest($2::text[]) AS id
           ON CONFLICT (table_name, id) DO UPDATE SET rev = EXCLUDED.rev`,
          [table, gone.rows.map((row) => row.id), rev],
        );
      },
    });
    if (!touched) return { result, rev: null };
    await client.query('UPDATE meta SET rev = $1', [rev]);
    await client.query('SELECT pg_notify($1, $2)', [revisionChannel, String(rev)]);
    return { result, rev };
  });
}
