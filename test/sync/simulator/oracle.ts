import { readOperator } from '../../../electron/db/meta.ts';
import { openCommandsOf, outboxCounts } from '../../../electron/db/outbox.ts';
import { readRow, readRows } from '../../../electron/db/rows.ts';
import type { Case } from '../../../shared/model/case.ts';
import { applyCaseCommand } from '../../../shared/model/commands/registry.ts';
import { columnsOf, type SyncTable, syncTableNames } from '../../../shared/protocol/tables.ts';
import type { SimDesk } from './desk.ts';
import type { ModelServer } from './model-server.ts';
import { rowsOf } from './model-state.ts';

interface Kept {
  id: string;
  state: string;
  reason: string | null;
}
export const keptOf = (desk: SimDesk): Map<string, Kept> =>
  new Map(desk.db.all<Kept>('SELECT id, state, reason FROM outbox').map((row) => [row.id, row]));

/** Commands whose effect a desk has seen come back: what a restore from a backup may take with it. */
export function confirmedOf(desk: SimDesk): string[] {
  const kept = keptOf(desk);
  return desk.intents.filter((one) => !kept.has(one.commandId)).map((one) => one.commandId);
}

/** At any moment: what a desk shows is the server's row with its open commands laid over it, whatever has come and gone. */
export function overlayProblems(desk: SimDesk): string[] {
  const { db } = desk;
  const persons = new Map(readRows(db, 'person', '').map((person) => [person.id, person]));
  const cases = db.column<string>(
    `SELECT DISTINCT case_id FROM outbox WHERE state IN ('pending', 'sending', 'accepted')`,
  );
  return cases.flatMap((caseId) => {
    const base = db.get<{ row: string }>(`SELECT "row" FROM base_row WHERE tbl = 'case' AND id = :caseId`, { caseId });
    const shown = readRow(db, 'case', caseId);
    let expected = base ? (JSON.parse(base.row) as Case) : shown;
    if (!expected) return [];
    // Calls are taken as they were shown: whether one is finished is the server's to say.
    const calls = new Map(
      readRows(db, 'call', 'WHERE case_id = :caseId', { caseId }).map((call) => [
        call.id,
        { ...call, finishedAt: null },
      ]),
    );
    for (const command of openCommandsOf(db, caseId)) {
      if (command.name === 'finishCall') continue;
      const outcome = applyCaseCommand(expected, command.name, command.args, command.operator.role, {
        commandId: command.id,
        at: command.issuedAt,
        operator: command.operator,
        persons,
        calls,
        villages: new Map(),
      });
      if (outcome.ok) expected = outcome.effects.case;
    }
    const wrong = (['urgeCount', 'callCount', 'firstActionAt', 'closedAt', 'acceptedAt', 'title'] as const).filter(
      (key) => shown?.[key] !== expected?.[key],
    );
    return wrong.map((key) => `${desk.name} shows ${caseId}.${key} without its open commands`);
  });
}

/** At any moment: a command that has left the queue because it counts is on the screen; it does not vanish until its effect comes back. */
export function vanishedProblems(desk: SimDesk, server: ModelServer): string[] {
  const kept = keptOf(desk);
  return desk.intents.flatMap(({ commandId, key }) => {
    const event = `${commandId}:0`;
    if (kept.has(commandId) || !rowsOf(server.state, 'caseEvent').has(event)) return [];
    return readRow(desk.db, 'caseEvent', event) ? [] : [`${key} counts, and vanished from ${desk.name}`];
  });
}

/** After healing and draining: nothing lost, doubled, out of order, different or still waiting. */
export function endProblems(desk: SimDesk, server: ModelServer, takenByRestore: ReadonlySet<string>): string[] {
  return [
    ...intentProblems(desk, server, takenByRestore),
    ...orderProblems(desk, server),
    ...rowProblems(desk, server),
    ...waitingProblems(desk),
  ];
}

function intentProblems(desk: SimDesk, server: ModelServer, takenByRestore: ReadonlySet<string>): string[] {
  const kept = keptOf(desk);
  return desk.intents.flatMap((intent) => {
    const effects = server.state.decisions.filter((one) => one.key === intent.key && one.accepted).length;
    const stands = kept.get(intent.commandId);
    const refused = stands?.state === 'rejected' && stands.reason !== null;
    if (effects > 1) return [`${intent.key} took effect ${effects} times`];
    if (effects === 1 && refused) return [`${intent.key} took effect and stands refused`];
    if (effects === 1 || refused || takenByRestore.has(intent.commandId)) return [];
    return intent.acknowledged ? [`${intent.key} (${intent.name} ${intent.caseId}) is lost`] : [];
  });
}

function orderProblems(desk: SimDesk, server: ModelServer): string[] {
  const given = new Map(desk.intents.map((one, at) => [one.commandId, at]));
  const last = new Map<string, number>();
  return server.state.decisions.flatMap(({ commandId, caseId }) => {
    const at = given.get(commandId);
    if (at === undefined) return [];
    const before = last.get(caseId) ?? -1;
    last.set(caseId, Math.max(at, before));
    return at < before ? [`${commandId} came to ${caseId} after a later one of ${desk.name}`] : [];
  });
}

function rowProblems(desk: SimDesk, server: ModelServer): string[] {
  return syncTableNames.flatMap((table) => {
    const mine = new Map(readRows(desk.db, table, '').map((row) => [row.id, textOf(table, row)]));
    const theirs = rowsOf(server.state, table);
    const differing = [...theirs].filter(([id, row]) => mine.get(id) !== textOf(table, row)).map(([id]) => id);
    const extra = [...mine.keys()].filter((id) => !theirs.has(id));
    return [...differing, ...extra].map((id) => `${desk.name} ${table} ${id} is not the server's`);
  });
}

function textOf(table: SyncTable, row: object): string {
  const values = row as Record<string, unknown>;
  return JSON.stringify(
    columnsOf(table).map(({ key }) => values[key]),
    (_, value: unknown) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
  );
}

export function waitingProblems(desk: SimDesk): string[] {
  const problems: string[] = [];
  if (!readOperator(desk.db)) problems.push(`${desk.name} has nobody signed in`);
  if (outboxCounts(desk.db).pending !== 0 || desk.status?.pending !== 0) problems.push(`${desk.name} still waits`);
  const open = [...keptOf(desk).values()].filter((one) => one.state === 'accepted');
  if (open.length > 0) problems.push(`${desk.name} never saw ${open.length} accepted commands come back`);
  const bases = desk.db.column<string>('SELECT id FROM base_row');
  if (bases.length > 0) problems.push(`${desk.name} keeps base rows of nothing: ${bases.join(' ')}`);
  return problems;
}
