import type { Pool } from 'pg';
import { type Digest, dataSetOf } from '../../shared/protocol/feed.ts';
import { type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import { readMeta } from './meta.ts';
import { sqlTable } from './tables.ts';
import { andInTown, type Town } from './town-scope.ts';
import { inTransaction } from './transaction.ts';

/**
 * Digest of everything a town (null: everybody) gets at one revision, computed by the database in one consistent view: per table and per first byte of SHA-256(id) (two hex
 * digits) the XOR of SHA-256(`id:rev`), 64 hex digits.
 */
export async function computeDigest(pool: Pool, town: Town = null): Promise<Digest> {
  return inTransaction(
    pool,
    async (client) => {
      const { epoch, rev } = await readMeta(client);
      const tables: Digest['tables'] = {};
      for (const table of syncTableNames) {
        const { text, values } = digestSql(table, town);
        const found = await client.query<{ bucket: number; rows: number; bits: string }>(text, values);
        const entry: Digest['tables'][string] = { rows: 0, buckets: {} };
        for (const { bucket, rows, bits } of found.rows) {
          entry.rows += rows;
          entry.buckets[bucket.toString(16).padStart(2, '0')] = BigInt(`0b${bits}`).toString(16).padStart(64, '0');
        }
        tables[table] = entry;
      }
      return { rev, epoch: dataSetOf(epoch, town), tables };
    },
    'ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
}

function digestSql(table: SyncTable, town: Town): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const text = `SELECT get_byte(sha256(convert_to(id, 'UTF8')), 0) AS bucket, count(*) AS rows,
      bit_xor(('x' || encode(sha256(convert_to(id || ':' || rev, 'UTF8')), 'hex'))::bit(256))::text AS bits
    FROM ${sqlTable(table)} WHERE true${andInTown(table, town, values)} GROUP BY 1 ORDER BY 1`;
  return { text, values };
}

/** Computes a digest at most once per revision and town, however many workstations ask. */
export function createDigestCache(pool: Pool): (town: Town) => Promise<Digest> {
  const kept = new Map<Town, { rev: number; epoch: string; digest: Promise<Digest> }>();
  return async (town) => {
    const { rev, epoch } = await readMeta(pool);
    const known = kept.get(town);
    if (known?.rev === rev && known.epoch === epoch) return known.digest;
    const digest = computeDigest(pool, town);
    kept.set(town, { rev, epoch, digest });
    // A failure is not kept.
    digest.catch(() => kept.delete(town));
    return digest;
  };
}
