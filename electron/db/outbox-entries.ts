import { Failure } from '../../shared/errors.ts';
import { operatorSchema } from '../../shared/protocol/auth.ts';
import { intentOf, isHeld, isOfBatch, type OutboxRow, outboxCounts } from './outbox.ts';
import type { ReadDb } from './statements.ts';

/** A command as it was given. */
export type OutboxEntry = ReturnType<typeof intentOf>;

/** A command of the tray. Throws Failure badArguments where there is none of that id. */
export function rejectedCommand(db: ReadDb, id: string): OutboxEntry {
  const row = db.get<OutboxRow>(`SELECT * FROM outbox WHERE id = :id AND state = 'rejected'`, { id });
  if (!row) throw new Failure('badArguments', 'no such command in the tray', { detail: 'notInTray' });
  return intentOf(row);
}

/** The tray, oldest first: at most `limit` of `total`. */
export function rejectedCommands(db: ReadDb, limit: number) {
  const rows = db.all<OutboxRow>(`SELECT * FROM outbox WHERE state = 'rejected' ORDER BY seq LIMIT :limit`, { limit });
  return {
    total: outboxCounts(db).rejected,
    entries: rows.map((row) => ({
      ...intentOf(row),
      operator: operatorSchema.parse(JSON.parse(row.operator)),
      reason: row.reason,
      detail: row.detail,
    })),
  };
}

/** What the server failed to handle, oldest first, with how many later commands of its case wait `behind` each. */
export function chokedCommands(db: ReadDb, limit: number) {
  return db
    .all<OutboxRow & { choked_at: number; behind: number }>(
      `SELECT *, (SELECT count(*) FROM outbox WHERE case_id = o.case_id AND seq > o.seq AND state IN ('pending', 'sending'))
         AS behind
       FROM outbox o WHERE state IN ('pending', 'sending') AND choked_at IS NOT NULL ORDER BY seq LIMIT :limit`,
      { limit },
    )
    .map((row) => ({ ...intentOf(row), chokedAt: row.choked_at, behind: row.behind }));
}

/** Batches of this operator that wait or waited to be taken back and have not been sent since, newest first, each with its first command. */
export function waitingBatches(db: ReadDb, operatorId: string, limit: number) {
  return db
    .all<OutboxRow & { batch: string; cases: number; leaves_at: number }>(
      `SELECT *, count(*) AS cases, min(seq) FROM outbox
       WHERE state = 'pending' AND operator_id = :operatorId AND leaves_at IS NOT NULL
       GROUP BY batch ORDER BY seq DESC LIMIT :limit`,
      { operatorId, limit },
    )
    .map((row) => ({ ...intentOf(row), batch: row.batch, cases: row.cases, leavesAt: row.leaves_at }));
}

/** What was given later on the cases that a batch made. */
export function laterOnMade(db: ReadDb, batch: string, made: readonly string[]): OutboxEntry[] {
  return db
    .all<OutboxRow>(`SELECT * FROM outbox WHERE ${isOfBatch} AND batch <> :batch ORDER BY seq`, {
      batch,
      cases: JSON.stringify(made),
    })
    .map(intentOf);
}

/** How a case was recorded here, while the server does not have it or has refused it; null: not here. */
export function recordingOf(db: ReadDb, caseId: string): OutboxEntry | null {
  const row = db.get<OutboxRow>(
    `SELECT * FROM outbox WHERE case_id = :caseId AND name = 'recordCase' ORDER BY seq DESC LIMIT 1`,
    { caseId },
  );
  return row ? intentOf(row) : null;
}

/** Commands of a batch, and whether each can still be taken back by this operator. */
export function batchOf(db: ReadDb, batch: string, operatorId: string, now: number) {
  return db
    .all<OutboxRow & { held: number }>(
      `SELECT *, ${isHeld} AND operator_id = :operatorId AS held FROM outbox WHERE batch = :batch ORDER BY seq`,
      { batch, operatorId, now },
    )
    .map((row) => ({ ...intentOf(row), held: row.held === 1 }));
}
