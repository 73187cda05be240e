import type { Queryable } from './rows.ts';
import { hashOfSecret } from './tokens.ts';

/** Lets a key post for a source; '*' is every source. */
export async function putIntakeKey(db: Queryable, key: string, source: string): Promise<void> {
  await db.query('INSERT INTO intake_key VALUES ($1, $2) ON CONFLICT DO NOTHING', [hashOfSecret(key), source]);
}

export async function intakeKeyCounts(db: Queryable, key: string, source: string): Promise<boolean> {
  const found = await db.query("SELECT 1 FROM intake_key WHERE hash = $1 AND source IN ($2, '*')", [
    hashOfSecret(key),
    source,
  ]);
  return found.rows.length > 0;
}
