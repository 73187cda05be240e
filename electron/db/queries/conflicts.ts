import type { QueryResult } from '../../../shared/ipc/contract.ts';
import { conflictFields } from '../../../shared/model/commands/conflict.ts';
import type { Standing } from '../../../shared/model/commands/conflict-field.ts';
import { maskName, maskPhone } from '../../../shared/model/mask.ts';
import { seesPersonalData } from '../../../shared/model/permissions.ts';
import type { RecordTable, SyncRow, SyncTable } from '../../../shared/protocol/tables.ts';
import { readOperator } from '../meta.ts';
import { chokedCommands, type OutboxEntry, recordingOf, rejectedCommands } from '../outbox-entries.ts';
import { ownRev } from '../rebase.ts';
import { readRow, readRows } from '../rows.ts';
import type { ReadDb } from '../statements.ts';

/** As many as the tray shows at once. */
const most = 500;

/** Refused commands with both values, and what the server chokes on. */
export function readConflicts(db: ReadDb): QueryResult<'conflicts'> {
  const { total, entries } = rejectedCommands(db, most);
  return {
    total,
    conflicts: entries.map((entry) => {
      const reason = entry.reason ?? 'argumentsInvalid';
      return {
        ...headOf(db, entry),
        operatorName: entry.operator.name,
        reason,
        report: entry.name === 'recordCase' && mayRead(db) ? entry.args : null,
        fields: conflictFields(entry, reason, standingOf(db, entry.caseId)),
      };
    }),
    choked: chokedCommands(db, most).map(({ chokedAt, behind, ...entry }) => ({
      ...headOf(db, entry),
      chokedAt,
      behind,
    })),
  };
}

function headOf(db: ReadDb, { id, name, issuedAt, caseId }: OutboxEntry) {
  const found = readRow(db, 'case', caseId);
  const nameOf = (table: 'town' | 'village', code: string | null | undefined) =>
    code == null ? null : (readRow(db, table, code)?.name ?? null);
  return {
    id,
    name,
    issuedAt,
    caseId,
    no: found?.no ?? null,
    title: found?.title ?? titleOf(recordingOf(db, caseId)?.args),
    townName: nameOf('town', found?.townCode),
    villageName: nameOf('village', found?.villageCode),
  };
}

/** A report names people in full. */
function mayRead(db: ReadDb): boolean {
  const operator = readOperator(db);
  return operator !== null && seesPersonalData(operator.role);
}

/** A case that only this workstation knows is named as it was typed. */
function titleOf(args: unknown): string | null {
  const { title }: { title?: unknown } = Object(args);
  return typeof title === 'string' ? title : null;
}

/** The case as the server has it: what waits here lies over it and is left out. */
function standingOf(db: ReadDb, caseId: string): Standing {
  const operator = readOperator(db);
  const plain = operator !== null && seesPersonalData(operator.role);
  const bases = new Map(
    db
      .all<{ key: string; row: string | null }>(
        `SELECT tbl || ' ' || id AS key, "row" FROM base_row WHERE case_id = :caseId`,
        { caseId },
      )
      .map(({ key, row }) => [key, row]),
  );
  const server = <T extends SyncTable>(table: T, row: SyncRow<T> & { id: string }): SyncRow<T>[] => {
    const base = bases.get(`${table} ${row.id}`);
    if (base) return [JSON.parse(base) as SyncRow<T>];
    return row.rev === ownRev ? [] : [row];
  };
  const shown = readRow(db, 'case', caseId);
  const records = <T extends RecordTable>(table: T, order = 'id'): SyncRow<T>[] =>
    readRows(db, table, `WHERE case_id = :caseId ORDER BY ${order}`, { caseId }).flatMap((row) => server(table, row));
  return {
    case: shown && (server('case', shown)[0] ?? null),
    events: records('caseEvent', 'at, id'),
    calls: new Map(records('call').map((call) => [call.id, call])),
    extensions: records('extension'),
    escalations: records('escalation'),
    assignments: records('assignment'),
    party: ({ name, phone }) =>
      [plain ? name : maskName(name), phone === null || plain ? phone : maskPhone(phone)]
        .filter((part) => part !== null)
        .join(' '),
    nameOf(table, id) {
      if (table === 'case') return readRow(db, 'case', id)?.no ?? null;
      const name = readRow(db, table, id)?.name ?? null;
      return table === 'person' && name !== null && !plain ? maskName(name) : name;
    },
  };
}
