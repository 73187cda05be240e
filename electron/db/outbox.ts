import { z } from 'zod';
import { type PendingCommand, pendingCommandSchema } from '../../shared/model/case-view.ts';
import { type Operator, operatorSchema } from '../../shared/protocol/auth.ts';
import type { WireCommand } from '../../shared/protocol/commands.ts';
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
}

export type OutboxState = 'pending' | 'sending' | 'accepted' | 'rejected' | 'dismissed';

interface OutboxRow {
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
}

const intentOf = (row: OutboxRow) => ({
  id: row.id,
  name: row.name,
  args: JSON.parse(row.args) as unknown,
  caseId: row.case_id,
  issuedAt: row.issued_at,
});

/** Puts a command at the end of the queue. Call inside the transaction that shows its effect. */
export function enqueue(db: WriteDb, command: NewCommand): void {
  db.run(
    `INSERT INTO outbox (id, name, args, case_id, issued_at, operator, operator_id, workstation, base_rev, state)
     VALUES (:id, :name, :args, :caseId, :issuedAt, :operator, :operatorId, :workstation, :baseRev, 'pending')`,
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
    .map((row) => ({ ...intentOf(row), operator: operatorSchema.parse(JSON.parse(row.operator)) }));
}

export function casesWithOpenCommands(db: ReadDb): string[] {
  return db.column<string>(`SELECT DISTINCT case_id FROM outbox WHERE state IN ('pending', 'sending', 'accepted')`);
}

/** Everything still to send for this operator, oldest first, without the cases set aside; marks nothing. */
export function nextToSend(db: ReadDb, operatorId: string, heldCases: readonly string[], limit: number): WireCommand[] {
  return db
    .all<OutboxRow>(
      `SELECT * FROM outbox WHERE state IN ('pending', 'sending') AND operator_id = :operatorId
         AND case_id NOT IN (SELECT value FROM json_each(:held)) ORDER BY seq LIMIT :limit`,
      { operatorId, held: JSON.stringify(heldCases), limit },
    )
    .map((row) => ({
      ...intentOf(row),
      operatorId: row.operator_id,
      workstation: row.workstation,
      baseRev: row.base_rev,
    }));
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

export function outboxCounts(db: ReadDb): { pending: number; rejected: number } {
  const counts = db.get<{ pending: number; rejected: number }>(
    `SELECT count(*) FILTER (WHERE state IN ('pending', 'sending')) AS pending,
            count(*) FILTER (WHERE state = 'rejected') AS rejected
     FROM outbox WHERE state IN ('pending', 'sending', 'rejected')`,
  );
  return counts ?? { pending: 0, rejected: 0 };
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
      reason: row.reason,
      detail: row.detail,
    })),
  );
}

/** Takes a refused command off the tray; its record stays in the file. Returns whether there was one. */
export function dismiss(db: WriteDb, id: string): boolean {
  return db.run(`UPDATE outbox SET state = 'dismissed' WHERE id = :id AND state = 'rejected'`, { id }) > 0;
}
