import type { CaseWork } from '../../../shared/model/case-view.ts';
import { caseRulesOf } from '../../../shared/model/commands/context.ts';
import type { RecordTable, SyncRow } from '../../../shared/protocol/tables.ts';
import { readRow, readRows } from '../rows.ts';
import type { ReadDb } from '../statements.ts';

/** Consultations, extensions, escalations and assignments of a case, and the cases it is merged with. `isPending`: whether open commands lie over a row. */
export function readCaseWork(
  db: ReadDb,
  caseId: string,
  mergedIntoId: string | null,
  isPending: (row: { id: string; rev: number }) => boolean,
  shownName: (name: string) => string,
): CaseWork {
  const of = <T extends RecordTable>(table: T, order: string): (SyncRow<T> & { pending: boolean })[] =>
    readRows(db, table, `WHERE case_id = :caseId ORDER BY ${order}, id`, { caseId }).map((row) => ({
      ...row,
      pending: isPending(row),
    }));
  return {
    consultations: of('consultation', 'held_at'),
    extensions: of('extension', 'asked_at'),
    escalations: of('escalation', 'at'),
    assignments: of('assignment', 'at').map((one) => ({
      ...one,
      assigneeName: one.kind === 'leader' ? shownName(one.assigneeName) : one.assigneeName,
    })),
    mergedInto: mergedIntoId === null ? null : named(readRow(db, 'case', mergedIntoId)),
    mergedHere: db.all<{ id: string; no: string; title: string }>(
      'SELECT id, no, title FROM cases WHERE merged_into_id = :caseId ORDER BY recorded_at, id',
      { caseId },
    ),
    rules: caseRulesOf(readRow(db, 'setting', 'caseRules')?.value ?? null),
  };
}

function named(found: SyncRow<'case'> | null) {
  return found && { id: found.id, no: found.no, title: found.title };
}
