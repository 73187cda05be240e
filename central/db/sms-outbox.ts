import type { ClientBase, Pool } from 'pg';
import type { Message } from '../../shared/model/message.ts';
import { inRevision } from './in-revision.ts';
import { type Queryable, selectRows } from './rows.ts';

/** A message that the worker holds: `sent` waits for its delivery to be told. */
export interface SmsJob {
  messageId: string;
  phone: string;
  body: string;
  state: 'due' | 'sent';
  /** Attempts made before this one. */
  attempts: number;
}

export async function insertDue(
  client: ClientBase,
  job: { messageId: string; phone: string; body: string; nextAt: number },
): Promise<void> {
  await client.query(
    `INSERT INTO sms_outbox (message_id, phone, body, state, next_at) VALUES ($1, $2, $3, 'due', $4)`,
    [job.messageId, job.phone, job.body, job.nextAt],
  );
}

/** Takes up to `limit` due jobs for `leaseMs`: a worker that dies in between loses its hold, and the next takes them again. */
export async function claimDue(pool: Pool, now: number, leaseMs: number, limit: number): Promise<SmsJob[]> {
  const found = await pool.query<SmsJob>(
    `UPDATE sms_outbox SET leased_until = $1::bigint + $2::bigint WHERE message_id IN (
       SELECT message_id FROM sms_outbox WHERE state <> 'done' AND next_at <= $1 AND COALESCE(leased_until, 0) <= $1
       ORDER BY next_at, message_id LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING message_id AS "messageId", phone, body, state, attempts`,
    [now, leaseMs, limit],
  );
  return found.rows;
}

/** When the worker has to look again; null when nothing waits. */
export async function nextDueAt(db: Queryable): Promise<number | null> {
  const found = await db.query<{ at: number | null }>(
    "SELECT min(GREATEST(next_at, COALESCE(leased_until, 0))) AS at FROM sms_outbox WHERE state <> 'done'",
  );
  return found.rows[0]?.at ?? null;
}

/** What became of an attempt: the outbox row and, where the replicas shall see it, the message row. */
export interface SmsStep {
  messageId: string;
  outbox: { state: 'due' | 'sent' | 'done'; attempts: number; nextAt: number };
  message: Partial<Message>;
}

/** Stores the outcome of a round in one revision. */
export async function storeSteps(pool: Pool, steps: readonly SmsStep[]): Promise<void> {
  if (steps.length === 0) return;
  await inRevision(pool, async (revision) => {
    const ids = steps.map((step) => step.messageId);
    const rows = await selectRows(revision.client, 'message', 'WHERE id = ANY($1)', [ids]);
    for (const { messageId, outbox } of steps)
      await revision.client.query(
        'UPDATE sms_outbox SET state = $2, attempts = $3, next_at = $4, leased_until = NULL WHERE message_id = $1',
        [messageId, outbox.state, outbox.attempts, outbox.nextAt],
      );
    const changed = rows.map((row) => ({ ...row, ...steps.find((step) => step.messageId === row.id)?.message }));
    await revision.upsert('message', changed);
  });
}
