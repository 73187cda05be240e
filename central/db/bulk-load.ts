import type { Pool } from 'pg';
import type { Revision } from './in-revision.ts';

/** A bulk load may take its time. */
export async function beginBulkLoad({ client }: Revision): Promise<void> {
  await client.query('SET LOCAL statement_timeout = 0');
}

/** A source that sends a loaded case again gets that case. */
export async function rememberReceipts({ client }: Revision): Promise<void> {
  await client.query(
    'INSERT INTO intake_receipt SELECT source, source_no, id, recorded_at FROM cases ON CONFLICT DO NOTHING',
  );
}

/** After a bulk load: the planner would not know of the rows before long. */
export async function learnSizes(pool: Pool): Promise<void> {
  await pool.query('ANALYZE');
}
