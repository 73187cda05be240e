import type { Queryable } from './rows.ts';

/** Which data set this is, and its newest committed revision. */
export async function readMeta(db: Queryable): Promise<{ epoch: string; rev: number }> {
  const found = await db.query<{ epoch: string; rev: number }>('SELECT epoch, rev FROM meta');
  const row = found.rows[0];
  if (!row) throw new Error('the database has no meta row: it is not one of ours');
  return row;
}

/** After a restore from a backup: replicas notice the new epoch and synchronise afresh, keeping their outboxes. */
export async function renewEpoch(db: Queryable): Promise<void> {
  await db.query("UPDATE meta SET epoch = replace(gen_random_uuid()::text, '-', '')");
}
