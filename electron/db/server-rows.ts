import { Failure } from '../../shared/errors.ts';
import type { RowLine, RowsLine, TombstoneLine } from '../../shared/protocol/feed.ts';
import { isRecordTable, type SyncTable, syncTables } from '../../shared/protocol/tables.ts';
import type { ChangeList } from './changed.ts';
import { casesWithOpenCommands } from './outbox.ts';
import { overlayCase, restoreCase } from './rebase.ts';
import { placeOf, sqlTable, type Values, valuesOfRow, valuesOfRows, writeNewer, writeNewerCase } from './rows.ts';
import type { WriteDb } from './statements.ts';

/** One row or tombstone of the server's, checked. */
export type ServerLine =
  | { kind: 'row'; table: SyncTable; id: string; rev: number; values: Values; caseId: string | null }
  | { kind: 'gone'; table: SyncTable; id: string; rev: number };

/** Whether the line is of a table that this program synchronises; one of a newer server's is passed over. */
export function isKnown(line: { table: string }): boolean {
  return Object.hasOwn(syncTables, line.table);
}

function tableOf(name: string): SyncTable {
  if (Object.hasOwn(syncTables, name)) return name as SyncTable;
  throw new Failure('answerMalformed', `unknown table ${name}`, { detail: name });
}

/** Checks a line against its table's schema. Throws Failure answerMalformed. */
export function serverLine(line: RowLine | TombstoneLine): ServerLine {
  const table = tableOf(line.table);
  if (line.t === 'gone') return { kind: 'gone', table, id: line.id, rev: line.rev };
  return rowOf(table, valuesOfRow(table, line.data));
}

/** The same for a line of many rows. */
export function serverLines(line: RowsLine): ServerLine[] {
  const table = tableOf(line.table);
  return valuesOfRows(table, line.columns, line.rows).map((values) => rowOf(table, values));
}

function rowOf(table: SyncTable, values: Values): ServerLine {
  const id = values[placeOf(table, 'id')] as string;
  const caseId = table === 'case' ? id : isRecordTable(table) ? (values[placeOf(table, 'caseId')] as string) : null;
  return { kind: 'row', table, id, rev: values[placeOf(table, 'rev')] as number, values, caseId };
}

/** Writes lines where they are newer than what is there. Overlays of the cases concerned must be off. */
export function writeServerLines(db: WriteDb, lines: readonly ServerLine[], changed: ChangeList): void {
  for (const line of lines) {
    if (line.kind === 'gone') removeRow(db, line, changed);
    else if (line.table === 'case' ? writeNewerCase(db, line.values) : writeNewer(db, line.table, line.values))
      changed.row(line.table, line.caseId);
  }
}

/** The same into a replica that is loaded for the first time: nearly all rows are new. */
export function loadServerLines(db: WriteDb, lines: readonly ServerLine[], changed: ChangeList): void {
  for (const line of lines)
    if (line.kind === 'row' && writeNewer(db, line.table, line.values)) changed.row(line.table, line.caseId);
}

function removeRow(db: WriteDb, line: ServerLine, changed: ChangeList): void {
  const { table, id, rev } = line;
  if (db.run(`DELETE FROM ${sqlTable(table)} WHERE id = :id AND rev < :rev`, { id, rev }) > 0)
    changed.row(table, table === 'case' ? id : null);
}

/** Cases whose overlay must come off before these lines are written. */
export function overlaidCases(db: WriteDb, lines: readonly ServerLine[]): Set<string> {
  const open = new Set(casesWithOpenCommands(db));
  const touched = new Set<string>();
  if (open.size === 0) return touched;
  for (const line of lines) {
    const caseId = line.kind === 'row' ? line.caseId : caseOfGone(db, line.table, line.id);
    if (caseId !== null && open.has(caseId)) touched.add(caseId);
  }
  return touched;
}

function caseOfGone(db: WriteDb, table: SyncTable, id: string): string | null {
  if (table === 'case') return id;
  if (!isRecordTable(table)) return null;
  return db.get<{ case_id: string }>(`SELECT case_id FROM ${sqlTable(table)} WHERE id = :id`, { id })?.case_id ?? null;
}

/** Lifts the overlay of these cases, runs `work` on pure server rows, and lays it on again. */
export function withoutOverlay(db: WriteDb, cases: ReadonlySet<string>, changed: ChangeList, work: () => void): void {
  const shells = new Set([...cases].filter((caseId) => restoreCase(db, caseId)));
  work();
  for (const caseId of cases) {
    overlayCase(db, caseId, shells.has(caseId));
    changed.shown(caseId);
  }
}
