import type { PoolClient } from 'pg';

/** The case that a source's number has become, null when it is new. */
export async function findReceipt(client: PoolClient, source: string, sourceNo: string): Promise<string | null> {
  const found = await client.query<{ case_id: string }>(
    'SELECT case_id FROM intake_receipt WHERE source = $1 AND source_no = $2',
    [source, sourceNo],
  );
  return found.rows[0]?.case_id ?? null;
}

/** A number whose case is gone leads to the new one. */
export async function storeReceipt(
  client: PoolClient,
  receipt: { source: string; sourceNo: string; caseId: string; at: number },
): Promise<void> {
  await client.query(
    `INSERT INTO intake_receipt VALUES ($1, $2, $3, $4) ON CONFLICT (source, source_no)
     DO UPDATE SET case_id = EXCLUDED.case_id, received_at = EXCLUDED.received_at`,
    [receipt.source, receipt.sourceNo, receipt.caseId, receipt.at],
  );
}
