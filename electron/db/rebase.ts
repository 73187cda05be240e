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
import type { Person } from '../../shared/model/register.ts';
import { type RecordTable, recordTables, type SyncRow, type SyncTable } from '../../shared/protocol/tables.ts';
import { damage, parseStored } from './heal/damage.ts';
import { type OpenCommand, openCommandsOf } from './outbox.ts';
import { recordingRulesOf } from './recording-rules.ts';
import { insertRow, readRow, readRows, readRowsById, sqlTable, writeRow, writeRowOver } from './rows.ts';
import type { ReadDb, WriteDb } from './statements.ts';

/**
 * What is shown is the server's row with the pending commands laid over it. Whatever a command changes has its pure server row kept in `base_row`
 * first, so that the overlay can be lifted, server rows taken in, and the commands laid on again: no answer of the server's has to wait for the
 * queue, and no local work is lost to one.
 */

/** Revision of a line, or of a case, that a command put there and the server has none of; the server counts from 1. */
export const ownRev = 0;

/** What stands in `tbl` where not a row is kept but, by command, the ids of the lines it put there: an urging of hundreds puts thousands. */
const ownLines = 'ownLines';
type OwnLines = Partial<Record<RecordTable, readonly string[]>>;

/**
 * Takes the overlay of a case off: afterwards its rows are the server's own. Of a case that only a command made, an empty shell stays, older than
 * any row of the server's, so that it keeps its place in the open lists whatever comes: `overlayCase` fills it again or removes it. True: there is one.
 */
export function restoreCase(db: WriteDb, caseId: string): boolean {
  const bases = db.all<{ tbl: SyncTable | typeof ownLines; id: string; row: string | null }>(
    'SELECT tbl, id, "row" FROM base_row WHERE case_id = :caseId',
    { caseId },
  );
  let shell = false;
  for (const { tbl, id, row } of bases) {
    if (tbl === ownLines) removeLines(db, parseStored(row ?? '{}') as OwnLines);
    else if (row === null && tbl === 'case') shell = true;
    // How a line of its own was kept by programs of before, a row each.
    else if (row === null) db.run(`DELETE FROM ${sqlTable(tbl)} WHERE id = :id`, { id });
    else writeBack(db, tbl, row);
  }
  db.run('DELETE FROM base_row WHERE case_id = :caseId', { caseId });
  return shell;
}

function removeLines(db: WriteDb, lines: OwnLines): void {
  for (const table of recordTables)
    for (const id of lines[table] ?? []) db.run(`DELETE FROM ${sqlTable(table)} WHERE id = ?`, [id]);
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
 * decides, and its refusal comes with a reason. `shell`: what `restoreCase` said.
 */
export function overlayCase(db: WriteDb, caseId: string, shell: boolean): void {
  let empty = shell && (readRow(db, 'case', caseId)?.rev ?? 1) <= 0;
  for (const command of openCommandsOf(db, caseId)) {
    const { ok } = layCommand(db, command, empty ? { case: null } : undefined);
    empty &&= !ok;
  }
  if (empty) db.run('DELETE FROM cases WHERE id = :caseId', { caseId });
}

/** What whoever gives a command has read already, in the same transaction: its case, null if there is none, and the persons it names. */
export interface Seen {
  case: Case | null;
  persons?: ReadonlyMap<string, Person>;
}

/** Shows what a command does to its case, where it fits, keeping the server's rows aside. */
export function layCommand(db: WriteDb, command: OpenCommand, seen?: Seen): Outcome {
  const before = seen ? seen.case : readRow(db, 'case', command.caseId);
  const outcome = tryCommand(db, before, command, seen?.persons);
  if (outcome.ok) layEffects(db, before, command.id, outcome.effects);
  return outcome;
}

/** What the command would do to its case as it is shown now. Changes nothing. */
export function tryCommand(db: ReadDb, before: Case | null, command: OpenCommand, persons?: Seen['persons']): Outcome {
  const context = contextOf(db, command, persons);
  return applyCaseCommand(before, command.name, command.args, command.operator.role, context);
}

function layEffects(db: WriteDb, before: Case | null, commandId: string, effects: Effects): void {
  const { id } = effects.case;
  keepBase(db, 'case', id, id, before);
  if (before) writeRowOver(db, 'case', before, effects.case);
  else writeRow(db, 'case', effects.case);
  const fresh: OwnLines = {};
  for (const kind of recordKinds) {
    const table = tableOfRecords[kind];
    const ids = layLines(db, table, id, effects[kind]);
    if (ids.length > 0) fresh[table] = ids;
  }
  keepBase(db, ownLines, id, commandId, fresh);
}

/** Writes the lines and gives the ids of those that the server has none of. */
function layLines<T extends RecordTable>(
  db: WriteDb,
  table: T,
  caseId: string,
  lines: readonly SyncRow<T>[],
): string[] {
  return lines.flatMap((line) => {
    // Nearly every one is new, and an urging of hundreds has thousands: no look at what is not there.
    if (insertRow(db, table, line)) return [line.id];
    const shown = readRow(db, table, line.id);
    if (shown && shown.rev !== ownRev) keepBase(db, table, caseId, line.id, shown);
    writeRow(db, table, line);
    return [];
  });
}

/** Keeps the server's row aside, unless an earlier command's overlay lies over it: then it is kept already. */
function keepBase(
  db: WriteDb,
  table: SyncTable | typeof ownLines,
  caseId: string,
  id: string,
  base: object | null,
): void {
  db.run('INSERT INTO base_row (tbl, id, case_id, "row") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING', [
    table,
    id,
    caseId,
    base === null ? null : JSON.stringify(base),
  ]);
}

function contextOf(db: ReadDb, command: OpenCommand, persons: Seen['persons']): CommandContext {
  const head = {
    commandId: command.id,
    at: command.issuedAt,
    operator: { id: command.operator.id, name: command.operator.name },
  };
  return contextFrom(head, command, holdingsOf(db, command, persons));
}

/** What the replica holds of a case and what its commands may name. */
function holdingsOf(db: ReadDb, { caseId, operator }: OpenCommand, persons: Seen['persons']): Holdings {
  return {
    named: (table, ids) => (table === 'person' && persons ? persons : readRowsById(db, table, ids)) as never,
    records: (kind) => readRows(db, tableOfRecords[kind], 'WHERE case_id = :caseId', { caseId }) as never,
    mergedHere: () => db.column<string>('SELECT id FROM cases WHERE merged_into_id = :caseId', { caseId }),
    caseRules: () => readRow(db, 'setting', 'caseRules')?.value ?? null,
    // Whether the number is known is looked at when the command is given (commands/record-case.ts); after that the server says.
    recording: () => ({ caseId, townCode: operator.townCode, rules: recordingRulesOf(db), known: null }),
  };
}
