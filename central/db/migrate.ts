import type { Pool } from 'pg';
import { migrations } from './migrations/list.ts';
import { inTransaction } from './transaction.ts';

/** Any constant will do; it keeps two starting servers from migrating at once. */
const migrationLock = 350322001;

/** The database was written by a newer server: this one would not know what it means. */
export class DatabaseTooNew extends Error {
  constructor(found: number, known: number) {
    super(`the database has version ${found}, this server knows up to ${known}: start a newer server`);
    this.name = 'DatabaseTooNew';
  }
}

/** Brings the database to the newest version, each migration in its own transaction. Throws DatabaseTooNew. Returns the versions applied. */
export async function migrate(pool: Pool, list = migrations): Promise<number[]> {
  const applied: number[] = [];
  const known = list.at(-1)?.version ?? 0;
  for (;;) {
    const version = await inTransaction(pool, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
      await client.query(
        'CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, applied_at timestamptz)',
      );
      const found = await client.query<{ version: number | null }>(
        'SELECT max(version) AS version FROM schema_version',
      );
      const current = found.rows[0]?.version ?? 0;
      if (current > known) throw new DatabaseTooNew(current, known);
      const next = list.find((migration) => migration.version > current);
      if (!next) return null;
      await client.query(next.sql);
      await client.query('INSERT INTO schema_version VALUES ($1, now())', [next.version]);
      return next.version;
    });
    if (version === null) return applied;
    applied.push(version);
  }
}
