import type { PoolClient } from 'pg';

/** The case that a source's number has become, null when it is new. */
export async function findReceipt(client: PoolClient, source: string, sourceNo: string): Promise<string | null> {
  const found = await client.query<{ case_id: string }>(
    'SELECT case_id FROM intake_receipt WHERE source = $1 AND source_no = $2',
    [source, sourceNo],
  );
  return found.rows[0]?.case_id ?? null;
}

export async function storeReceipt(
  client: PoolClient,
  receipt: { source: string; sourceNo: string; caseId: string; at: number },
): Promise<void> {
  await client.query('INSERT INTO intake_receipt VALUES ($1, $2, $3, $4)', [
    receipt.source,
    receipt.sourceNo,
    receipt.caseId,
    receipt.at,
  ]);
}
