import type { Call } from '../../../shared/model/call.ts';
import type { Case } from '../../../shared/model/case.ts';
import { contextFrom } from '../../../shared/model/commands/context.ts';
import { applyCaseCommand, beginsCase } from '../../../shared/model/commands/registry.ts';
import { type Effects, type Outcome, recordKinds, tableOfRecords } from '../../../shared/model/effects.ts';
import { maySeeTown } from '../../../shared/model/permissions.ts';
import type { Person } from '../../../shared/model/register.ts';
import type { Operator } from '../../../shared/protocol/auth.ts';
import type { CommandResult, WireCommand } from '../../../shared/protocol/commands.ts';
import { recordTables, type SyncTable, syncTableNames } from '../../../shared/protocol/tables.ts';
import { countyRows } from './model-county.ts';
import { countyRules, knownNo, number } from './model-recording.ts';

export type ServerRow = { id: string; rev: number };
/** A table that only a newer server has. */
export const newTable = 'inspection';
export type ServedTable = SyncTable | typeof newTable;
/** One command the server has decided, in the order it did; `key` names the operator's intent, whatever id it came under. */
export interface Decision {
  key: string;
  commandId: string;
  caseId: string;
  operatorId: string;
  accepted: boolean;
}
interface Tombstone {
  table: ServedTable;
  id: string;
  rev: number;
}

/** Everything a server's database holds: what a backup keeps. */
export interface ModelState {
  rev: number;
  /** The server is newer than the workstations: its cases have a field they do not know, and rows of a table they do not know hang on them. */
  grown: boolean;
  tables: Map<ServedTable, Map<string, ServerRow>>;
  tombstones: Tombstone[];
  /** What went out of a town's sight, by town. */
  leftTown: (Tombstone & { townCode: string })[];
  /** The town an operator is bound to; not named: none. */
  townOf: Map<string, string>;
  results: Map<string, CommandResult>;
  /** The case that a source's number has become, and the last number of each month. */
  receipts: Map<string, string>;
  counters: Map<string, number>;
  decisions: Decision[];
}

export function newState(cases: number): ModelState {
  const tables = new Map<ServedTable, Map<string, ServerRow>>(
    [...syncTableNames, newTable].map((name) => [name, new Map()] as [ServedTable, Map<string, ServerRow>]),
  );
  for (const { table, row } of countyRows(cases)) tables.get(table)?.set(row.id, row);
  return {
    rev: 1,
    grown: false,
    tables,
    tombstones: [],
    leftTown: [],
    townOf: new Map(),
    results: new Map(),
    receipts: new Map(),
    counters: new Map(),
    decisions: [],
  };
}

export function rowsOf(state: ModelState, table: ServedTable): Map<string, ServerRow> {
  return state.tables.get(table) as Map<string, ServerRow>;
}

export const tablesOfCase = recordTables;
export const hangsOnCase: readonly ServedTable[] = [...tablesOfCase, newTable];

/** Whether a workstation of that town (null: all of the county) gets the row. */
export function inTown(state: ModelState, table: ServedTable, row: ServerRow, town: string | null): boolean {
  if (town === null) return true;
  const { townCode, caseId } = row as { townCode?: string | null; caseId?: string };
  if (table === 'case') return townCode === town;
  if (table === 'person') return townCode === town || townCode === null;
  if (!hangsOnCase.includes(table)) return true;
  return (rowsOf(state, 'case').get(caseId ?? '') as Case | undefined)?.townCode === town;
}

/** Writes rows at the next revision. */
export function commitRows(state: ModelState, rows: readonly { table: SyncTable; row: object & { id: string } }[]) {
  state.rev += 1;
  const { rev } = state;
  for (const { table, row } of rows) {
    if (table === 'case') leaveTown(state, row as Case);
    if (table === 'person') becomeTowns(state, row as Person);
    const grows = table === 'case' && state.grown;
    rowsOf(state, table).set(row.id, { ...row, ...(grows ? { surveyNote: `note ${rev}` } : {}), rev });
    if (grows) setInspection(state, row.id);
  }
  return rev;
}

function setInspection(state: ModelState, caseId: string): void {
  const row = { id: `inspection-${caseId}`, caseId, rev: state.rev, finding: `所见 ${state.rev}` };
  rowsOf(state, newTable).set(row.id, row);
}

/** The server becomes a newer one: its migration fills the new table with a row for each of some cases. */
export function commitGrowth(state: ModelState): void {
  state.grown = true;
  state.rev += 1;
  for (const caseId of [...rowsOf(state, 'case').keys()].slice(0, 30)) setInspection(state, caseId);
}

/** What hangs on a case takes part in the revision that moves it to another town; the town it left keeps a note. */
function leaveTown(state: ModelState, next: Case): void {
  const before = rowsOf(state, 'case').get(next.id) as Case | undefined;
  if (!before || before.townCode === next.townCode) return;
  const { rev } = state;
  const gone: Tombstone[] = [{ table: 'case', id: next.id, rev }];
  for (const table of hangsOnCase)
    for (const row of rowsOf(state, table).values()) {
      if ((row as ServerRow & { caseId: string }).caseId !== next.id) continue;
      gone.push({ table, id: row.id, rev });
      rowsOf(state, table).set(row.id, { ...row, rev });
    }
  if (before.townCode !== null) noteLeft(state, before.townCode, gone);
}

/** County staff are known to every town: who becomes a town's own is gone from all others. */
function becomeTowns(state: ModelState, next: Person): void {
  const before = rowsOf(state, 'person').get(next.id) as Person | undefined;
  if (!before || before.townCode === next.townCode || next.townCode === null) return;
  for (const town of rowsOf(state, 'town').keys())
    if (town !== next.townCode && town === (before.townCode ?? town))
      noteLeft(state, town, [{ table: 'person', id: next.id, rev: state.rev }]);
}

function noteLeft(state: ModelState, townCode: string, gone: readonly Tombstone[]): void {
  const again = new Set(gone.map((one) => `${one.table} ${one.id}`));
  const others = state.leftTown.filter((one) => one.townCode !== townCode || !again.has(`${one.table} ${one.id}`));
  state.leftTown = [...others, ...gone.map((one) => ({ ...one, townCode }))];
}

/** Removes a case and what belongs to it at the next revision. */
export function commitGone(state: ModelState, caseId: string): void {
  state.rev += 1;
  for (const table of ['case', ...hangsOnCase] as const)
    for (const row of [...rowsOf(state, table).values()]) {
      const owner = table === 'case' ? row.id : (row as ServerRow & { caseId: string }).caseId;
      if (owner !== caseId) continue;
      rowsOf(state, table).delete(row.id);
      state.tombstones = state.tombstones.filter((one) => one.table !== table || one.id !== row.id);
      state.tombstones.push({ table, id: row.id, rev: state.rev });
    }
}

/** One command in one transaction: effect and answer together; a known id gets its first answer. */
export function decide(state: ModelState, operator: Operator, command: WireCommand, now: number): CommandResult {
  const known = state.results.get(command.id);
  if (known) return { ...known, duplicate: true };
  const outcome = outcomeOf(state, operator, command, Math.min(command.issuedAt, now));
  if (outcome.ok && beginsCase(command.name)) number(state, outcome.effects);
  const rev = outcome.ok ? commitRows(state, linesOf(outcome.effects)) : null;
  const result: CommandResult = {
    id: command.id,
    status: outcome.ok ? 'accepted' : 'rejected',
    duplicate: false,
    reason: outcome.ok ? null : outcome.reason,
    detail: outcome.ok ? null : (outcome.detail ?? null),
    rev,
  };
  state.results.set(command.id, result);
  const { id: commandId, caseId } = command;
  state.decisions.push({ key: keyOf(command), commandId, caseId, operatorId: operator.id, accepted: outcome.ok });
  return result;
}

function outcomeOf(state: ModelState, operator: Operator, command: WireCommand, at: number): Outcome {
  if (command.operatorId !== operator.id) return { ok: false, reason: 'notPermitted', detail: 'operatorId' };
  if (JSON.stringify(command.args ?? null).includes('\\u0000'))
    return { ok: false, reason: 'argumentsInvalid', detail: 'args' };
  const { caseId } = command;
  const before = rowsOf(state, 'case').get(caseId) as Case | undefined;
  if (!before && !beginsCase(command.name)) return { ok: false, reason: 'caseUnknown', detail: command.caseId };
  if (before && !maySeeTown(operator.townCode, before.townCode))
    return { ok: false, reason: 'notPermitted', detail: 'town' };
  const rowsOfCase = (table: SyncTable) =>
    [...rowsOf(state, table).values()].filter((row) => (row as ServerRow & { caseId?: string }).caseId === caseId);
  const head = { commandId: command.id, at, operator: { id: operator.id, name: operator.name } };
  const context = contextFrom(head, command, {
    named: (table, ids) =>
      new Map(ids.flatMap((id) => (rowsOf(state, table).has(id) ? [[id, rowsOf(state, table).get(id) as never]] : []))),
    records: (kind) => rowsOfCase(tableOfRecords[kind]) as never,
    mergedHere: () =>
      ([...rowsOf(state, 'case').values()] as Case[]).filter((one) => one.mergedIntoId === caseId).map(({ id }) => id),
    caseRules: () => (rowsOf(state, 'setting').get('caseRules') as { value?: unknown } | undefined)?.value ?? null,
    recording: () => ({
      caseId,
      townCode: operator.townCode,
      rules: countyRules(state),
      known: knownNo(state, command),
    }),
  });
  const outcome = applyCaseCommand(before ?? null, command.name, command.args, operator.role, context);
  const all = [...rowsOf(state, 'call').values()] as Call[];
  if (outcome.ok && outcome.effects.calls.some(({ id }) => all.some((one) => one.id === id && one.caseId !== caseId)))
    return { ok: false, reason: 'argumentsInvalid', detail: 'callId' };
  return outcome;
}

function linesOf(effects: Effects) {
  return [
    { table: 'case', row: effects.case } as const,
    ...recordKinds.flatMap((kind) => effects[kind].map((row) => ({ table: tableOfRecords[kind], row }))),
  ];
}

function keyOf({ args }: WireCommand): string {
  const { note, callId, detail } = args as { note?: string; callId?: string; detail?: string };
  return note ?? callId ?? detail ?? '';
}
