import type { Case } from '../../shared/model/case.ts';
import { contextFrom, type Holdings } from '../../shared/model/commands/context.ts';
import { applyCaseCommand } from '../../shared/model/commands/registry.ts';
import {
  type CommandContext,
  type Effects,
  type Outcome,
  recordKinds,
  tableOfRecords,
} from '../../shared/model/effects.ts';
import type { SyncTable } from '../../shared/protocol/tables.ts';
import { damage, parseStored } from './heal/damage.ts';
import { type OpenCommand, openCommandsOf } from './outbox.ts';
import { insertRow, readRow, readRows, readRowsById, sqlTable, writeRow } from './rows.ts';
import type { ReadDb, WriteDb } from './statements.ts';

/**
 * What is shown is the server's row with the pending commands laid over it. Whatever a command changes has its pure server row kept in `base_row`
 * first, so that the overlay can be lifted, server rows taken in, and the commands laid on again: no answer of the server's has to wait for the
 * queue, and no local work is lost to one.
 */

/** Takes the overlay of a case off: afterwards its rows are the server's own. */
export function restoreCase(db: WriteDb, caseId: string): void {
  const bases = db.all<{ tbl: SyncTable; id: string; row: string | null }>(
    'SELECT tbl, id, "row" FROM base_row WHERE case_id = :caseId',
    { caseId },
  );
  for (const { tbl, id, row } of bases) {
    if (row === null) db.run(`DELETE FROM ${sqlTable(tbl)} WHERE id = :id`, { id });
    else writeBack(db, tbl, row);
  }
  db.run('DELETE FROM base_row WHERE case_id = :caseId', { caseId });
}

/** A kept row that its own table does not take is not what was kept. Throws the failure of a damaged replica. */
function writeBack(db: WriteDb, table: SyncTable, kept: string): void {
  try {
    writeRow(db, table, parseStored(kept) as object);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code.startsWith('SQLITE_CONSTRAINT') ? damage(`a kept row of ${table} is not as it was kept`, error) : error;
  }
}

/**
 * Lays the open commands of a case over its server rows, oldest first. One that no longer fits changes nothing here and stays queued: the server
 * decides, and its refusal comes with a reason.
 */
export function overlayCase(db: WriteDb, caseId: string): void {
  for (const command of openCommandsOf(db, caseId)) layCommand(db, command);
}

/** Shows what a command does to its case, where it fits, keeping the server's rows aside. */
export function layCommand(db: WriteDb, command: OpenCommand): Outcome {
  const before = readRow(db, 'case', command.caseId);
  const outcome = tryCommand(db, before, command);
  if (before && outcome.ok) layEffects(db, before, outcome.effects);
  return outcome;
}

/** What the command would do to its case as it is shown now. Changes nothing. */
export function tryCommand(db: ReadDb, before: Case | null, command: OpenCommand): Outcome {
  if (!before) return { ok: false, reason: 'caseUnknown' };
  return applyCaseCommand(before, command.name, command.args, command.operator.role, contextOf(db, before, command));
}

function layEffects(db: WriteDb, before: Case, effects: Effects): void {
  keepBase(db, 'case', before.id, before.id, before);
  writeRow(db, 'case', effects.case);
  for (const kind of recordKinds) for (const row of effects[kind]) layRow(db, tableOfRecords[kind], before.id, row);
}

function layRow(db: WriteDb, table: SyncTable, caseId: string, row: { id: string }): void {
  // Nearly every one is new, and an urging of hundreds has thousands: no look at what is not there.
  const isNew = insertRow(db, table, row);
  keepBase(db, table, caseId, row.id, isNew ? null : readRow(db, table, row.id));
  if (!isNew) writeRow(db, table, row);
}

/** Keeps the server's row aside, unless an earlier command's overlay lies over it: then it is kept already. */
function keepBase(db: WriteDb, table: SyncTable, caseId: string, id: string, base: object | null): void {
  db.run('INSERT INTO base_row (tbl, id, case_id, "row") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', [
    table,
    id,
    caseId,
    base === null ? null : JSON.stringify(base),
  ]);
}

function contextOf(db: ReadDb, before: Case, command: OpenCommand): CommandContext {
  const head = {
    commandId: command.id,
    at: command.issuedAt,
    operator: { id: command.operator.id, name: command.operator.name },
  };
  return contextFrom(head, command, holdingsOf(db, before.id));
}

/** What the replica holds of a case and what its commands may name. */
function holdingsOf(db: ReadDb, caseId: string): Holdings {
  return {
    named: (table, ids) => readRowsById(db, table, ids) as never,
    records: (kind) => readRows(db, tableOfRecords[kind], 'WHERE case_id = :caseId', { caseId }) as never,
    mergedHere: () => db.column<string>('SELECT id FROM cases WHERE merged_into_id = :caseId', { caseId }),
    caseRules: () => readRow(db, 'setting', 'caseRules')?.value ?? null,
  };
}
