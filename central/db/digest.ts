import type { Pool } from 'pg';
import type { Digest } from '../../shared/protocol/feed.ts';
import { type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import { readMeta } from './meta.ts';
import { sqlTable } from './tables.ts';
import { inTransaction } from './transaction.ts';

/**
 * Digest of everything at one revision, computed by the database in one consistent view: per table and per first byte of SHA-256(id) (two hex
 * digits) the XOR of SHA-256(`id:rev`), 64 hex digits.
 */
export async function computeDigest(pool: Pool): Promise<Digest> {
  return inTransaction(
    pool,
    async (client) => {
      const { epoch, rev } = await readMeta(client);
      const tables: Digest['tables'] = {};
      for (const table of syncTableNames) {
        const found = await client.query<{ bucket: number; rows: number; bits: string }>(digestSql(table));
        const entry: Digest['tables'][string] = { rows: 0, buckets: {} };
        for (const { bucket, rows, bits } of found.rows) {
          entry.rows += rows;
          entry.buckets[bucket.toString(16).padStart(2, '0')] = BigInt(`0b${bits}`).toString(16).padStart(64, '0');
        }
        tables[table] = entry;
      }
      return { rev, epoch, tables };
    },
    'ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
}

function digestSql(table: SyncTable): string {
  return `SELECT get_byte(sha256(convert_to(id, 'UTF8')), 0) AS bucket, count(*) AS rows,
      bit_xor(('x' || encode(sha256(convert_to(id || ':' || rev, 'UTF8')), 'hex'))::bit(256))::text AS bits
    FROM ${sqlTable(table)} GROUP BY 1 ORDER BY 1`;
}

/** Computes a digest at most once per revision, however many workstations ask. */
export function createDigestCache(pool: Pool): () => Promise<Digest> {
  let known: { rev: number; epoch: string; digest: Promise<Digest> } | null = null;
  return async () => {
    const { rev, epoch } = await readMeta(pool);
    if (known?.rev === rev && known.epoch === epoch) return known.digest;
    const digest = computeDigest(pool);
    known = { rev, epoch, digest };
    // A failure is not kept.
    digest.catch(() => {
      known = null;
    });
    return digest;
  };
}
