import { z } from 'zod';
import { type PendingCommand, pendingCommandSchema } from '../../shared/model/case-view.ts';
import { undoSeconds } from '../../shared/model/commands/definition.ts';
import { type Operator, operatorSchema } from '../../shared/protocol/auth.ts';
import type { WireCommand } from '../../shared/protocol/commands.ts';
import { parseStored } from './heal/damage.ts';
import type { ReadDb, WriteDb } from './statements.ts';

/** A command that still shapes what the operator sees: not yet in the server's rows we hold. */
export interface OpenCommand {
  id: string;
  name: string;
  args: unknown;
  caseId: string;
  issuedAt: number;
  operator: Operator;
}

/** A command as it is given, before it has an order. */
export interface NewCommand extends OpenCommand {
  workstation: string;
  /** Revision of the case the operator saw. */
  baseRev: number;
  /** What it was given together with: taken back together. */
  batch: string;
  /** Until then it stays here and can be taken back, ms of the server's clock; null: it leaves at once. */
  leavesAt: number | null;
}

export type OutboxState = 'pending' | 'sending' | 'accepted' | 'rejected' | 'dismissed';

export interface OutboxRow {
  id: string;
  name: string;
  args: string;
  case_id: string;
  issued_at: number;
  operator: string;
  operator_id: string;
  workstation: string;
  base_rev: number;
  state: OutboxState;
  reason: string | null;
  detail: string | null;
  result_rev: number | null;
  choked_at: number | null;
}

/** By as much the next answer may set the server's clock back here: half of the longest that one is waited for, s. */
const clockErrorSeconds = 15;

/**
 * A command that still waits to be taken back, at `:now` of the server's clock. One that would wait longer than any may was given before that clock
 * was set back, and leaves; an answer that was long on its way is no such setting.
 */
export const isHeld = `state = 'pending' AND leaves_at > :now AND leaves_at <= :now + ${(undoSeconds + clockErrorSeconds) * 1000}`;

/** What goes when `:batch` is taken back. `:cases`: those that it made; what was given on them since could not leave before it. */
export const isOfBatch = `(batch = :batch OR (state = 'pending' AND case_id IN (SELECT value FROM json_each(:cases))))`;

export const intentOf = (row: OutboxRow) => ({
  id: row.id,
  name: row.name,
  args: parseStored(row.args),
  caseId: row.case_id,
  issuedAt: row.issued_at,
});

/** Puts a command at the end of the queue. Call inside the transaction that shows its effect. */
export function enqueue(db: WriteDb, command: NewCommand): void {
  db.run(
    `INSERT INTO outbox (id, name, args, case_id, issued_at, operator, operator_id, workstation, base_rev, batch, leaves_at, state)
     VALUES (:id, :name, :args, :caseId, :issuedAt, :operator, :operatorId, :workstation, :baseRev, :batch, :leavesAt, 'pending')`,
    {
      id: command.id,
      name: command.name,
      args: JSON.stringify(command.args),
      caseId: command.caseId,
      issuedAt: command.issuedAt,
      operator: JSON.stringify(command.operator),
      operatorId: command.operator.id,
      workstation: command.workstation,
      baseRev: command.baseRev,
      batch: command.batch,
      leavesAt: command.leavesAt,
    },
  );
}

/** Commands of a case that its shown row stands on, oldest first. */
export function openCommandsOf(db: ReadDb, caseId: string): OpenCommand[] {
  return db
    .all<OutboxRow>(
      `SELECT * FROM outbox WHERE case_id = :caseId AND state IN ('pending', 'sending', 'accepted') ORDER BY seq`,
      { caseId },
    )
    .map((row) => ({ ...intentOf(row), operator: operatorSchema.parse(parseStored(row.operator)) }));
}

export function casesWithOpenCommands(db: ReadDb): string[] {
  return db.column<string>(`SELECT DISTINCT case_id FROM outbox WHERE state IN ('pending', 'sending', 'accepted')`);
}

/**
 * Everything this operator may send at `now`, oldest first, without the cases set aside; marks nothing. What can still be taken back stays, and with it
 * the later commands of its case.
 */
export function nextToSend(
  db: ReadDb,
  operatorId: string,
  restingCases: readonly string[],
  limit: number,
  now: number,
): WireCommand[] {
  return db
    .all<OutboxRow>(
      `SELECT * FROM outbox o WHERE state IN ('pending', 'sending') AND operator_id = :operatorId
         AND case_id NOT IN (SELECT value FROM json_each(:resting))
         AND NOT EXISTS (SELECT 1 FROM outbox WHERE case_id = o.case_id AND seq <= o.seq AND ${isHeld})
       ORDER BY seq LIMIT :limit`,
      { operatorId, resting: JSON.stringify(restingCases), limit, now },
    )
    .map((row) => ({
      ...intentOf(row),
      operatorId: row.operator_id,
      workstation: row.workstation,
      baseRev: row.base_rev,
    }));
}

/** When the next command that waits to be taken back leaves; null: none waits. */
export function nextLeave(db: ReadDb, now: number): number | null {
  return db.column<number | null>(`SELECT min(leaves_at) FROM outbox WHERE ${isHeld}`, { now })[0] ?? null;
}

/** The server failed to handle it: the screen says so until it does. */
export function markChoked(db: WriteDb, id: string, now: number): void {
  db.run('UPDATE outbox SET choked_at = :now WHERE id = :id', { id, now });
}

/** Says on the screen that these are on their way. A crash leaves them so; they are sent again and the server knows them by id. */
export function markSending(db: WriteDb, ids: readonly string[]): void {
  db.run(`UPDATE outbox SET state = 'sending' WHERE state = 'pending' AND id IN (SELECT value FROM json_each(:ids))`, {
    ids: JSON.stringify(ids),
  });
}

/** The answer never came: they wait again. */
export function markWaiting(db: WriteDb): void {
  db.run(`UPDATE outbox SET state = 'pending' WHERE state = 'sending'`);
}

export interface OutboxCounts {
  pending: number;
  /** Of the pending ones: those the server could not handle so far. */
  choked: number;
  rejected: number;
}

export function outboxCounts(db: ReadDb): OutboxCounts {
  const counts = db.get<OutboxCounts>(
    `SELECT count(*) FILTER (WHERE state IN ('pending', 'sending')) AS pending,
            count(*) FILTER (WHERE state IN ('pending', 'sending') AND choked_at IS NOT NULL) AS choked,
            count(*) FILTER (WHERE state = 'rejected') AS rejected
     FROM outbox WHERE state IN ('pending', 'sending', 'rejected')`,
  );
  return counts ?? { pending: 0, choked: 0, rejected: 0 };
}

/** What the tray and a case show: waiting, on the way, refused. */
export function shownCommands(db: ReadDb, caseId: string | null): PendingCommand[] {
  const rows = db.all<OutboxRow>(
    `SELECT * FROM outbox WHERE state IN ('pending', 'sending', 'rejected') AND (:caseId IS NULL OR case_id = :caseId) ORDER BY seq`,
    { caseId },
  );
  return z.array(pendingCommandSchema).parse(
    rows.map((row) => ({
      id: row.id,
      caseId: row.case_id,
      name: row.name,
      issuedAt: row.issued_at,
      state: row.state,
      chokedAt: row.choked_at,
      reason: row.reason,
      detail: row.detail,
    })),
  );
}

/** Takes refused commands off the tray; their record stays in the file, with the id of what one was given again as. Returns how many there were. */
export function dismiss(db: WriteDb, ids: readonly string[], resentAs: string | null = null): number {
  return db.run(
    `UPDATE outbox SET state = 'dismissed', resent_as = :resentAs
     WHERE state = 'rejected' AND id IN (SELECT value FROM json_each(:ids))`,
    { ids: JSON.stringify(ids), resentAs },
  );
}

/**
 * Takes a batch out as if it had never been given, and with a case that it made what was given on that case since and could not leave before it: what one
 * of these was given again for stands in the tray as before. Overlays must be off.
 */
export function removeBatch(db: WriteDb, batch: string, made: readonly string[]): void {
  const cases = JSON.stringify(made);
  db.run(
    `UPDATE outbox SET state = 'rejected', resent_as = NULL WHERE resent_as IN (SELECT id FROM outbox WHERE ${isOfBatch})`,
    { batch, cases },
  );
  db.run(`DELETE FROM outbox WHERE ${isOfBatch}`, { batch, cases });
}
