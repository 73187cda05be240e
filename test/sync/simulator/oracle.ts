import { readFact, readOperator } from '../../../electron/db/meta.ts';
import { openCommandsOf } from '../../../electron/db/outbox.ts';
import { recordingRulesOf } from '../../../electron/db/recording-rules.ts';
import { readRow, readRows } from '../../../electron/db/rows.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import type { Case } from '../../../shared/model/case.ts';
import { applyCaseCommand } from '../../../shared/model/commands/registry.ts';
import { defaultCaseRules, noRecords } from '../../../shared/model/effects.ts';
import { columnsOf, type SyncTable, syncTableNames } from '../../../shared/protocol/tables.ts';
import type { SimDesk } from './desk.ts';
import { type Problem, problem } from './journal.ts';
import type { ModelServer } from './model-server.ts';
import { inTown, type ModelState, rowsOf } from './model-state.ts';

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
export function overlayProblems(desk: SimDesk): Problem[] {
  const { db } = desk;
  const persons = new Map(readRows(db, 'person', '').map((person) => [person.id, person]));
  const cases = db.column<string>(
    `SELECT DISTINCT case_id FROM outbox WHERE state IN ('pending', 'sending', 'accepted')`,
  );
  return cases.flatMap((caseId) => {
    const base = db.get<{ row: string | null }>(`SELECT "row" FROM base_row WHERE tbl = 'case' AND id = :caseId`, {
      caseId,
    });
    const shown = readRow(db, 'case', caseId);
    const made = base?.row === null;
    let expected: Case | null = base ? (JSON.parse(base.row ?? 'null') as Case | null) : shown;
    if (!expected && !made) return [];
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
        ...noRecords(),
        commandId: command.id,
        at: command.issuedAt,
        operator: command.operator,
        rules: defaultCaseRules,
        persons,
        calls,
        villages: new Map(),
        departments: new Map(),
        campaigns: new Map(),
        cases: new Map(),
        mergedHere: [],
        recording: { caseId, townCode: command.operator.townCode, rules: recordingRulesOf(db), known: null },
      });
      if (outcome.ok) expected = outcome.effects.case;
    }
    const keys = [
      'urgeCount',
      'callCount',
      'firstActionAt',
      'closedAt',
      'acceptedAt',
      'title',
      'villageCode',
      'dueAt',
    ] as const;
    const wrong = keys.filter((key) => shown?.[key] !== expected?.[key]);
    return wrong.map((key) => problem('overlay', `${desk.name} shows ${caseId}.${key} without its open commands`));
  });
}

/** Whose data a desk holds: the server's as it is, or as it was before a restore under a new name that the desk has not met; and as seen from which town. */
function heldBy(desk: SimDesk, server: ModelServer): { state: ModelState; town: string | null } | null {
  const epoch = readFact(desk.db, 'epoch');
  // On the way from one town to another.
  if (epoch === null && desk.changedReach) return null;
  const [set = '', town = null] = (epoch ?? readFact(desk.db, 'snapshot')?.epoch ?? '').split('.');
  return { state: server.past.get(set) ?? server.state, town };
}

/** At any moment: a command that has left the queue because it counts is on the screen; it does not vanish until its effect comes back. */
export function vanishedProblems(desk: SimDesk, server: ModelServer): Problem[] {
  const held = heldBy(desk, server);
  if (desk.doubt.open || held === null) return [];
  const { state, town } = held;
  const cursor = readFact(desk.db, 'cursor') ?? -1;
  const kept = keptOf(desk);
  return desk.intents.flatMap(({ commandId, key }) => {
    const event = `${commandId}:0`;
    const row = rowsOf(state, 'caseEvent').get(event);
    if (desk.lostRows.has(event) || kept.has(commandId) || !row || !inTown(state, 'caseEvent', row, town)) return [];
    // Its case came into the town's sight later than the desk has read.
    const moved = row.rev > (state.results.get(commandId)?.rev ?? row.rev);
    if (town !== null && moved && row.rev > cursor) return [];
    return readRow(desk.db, 'caseEvent', event)
      ? []
      : [problem('vanished', `${key} counts, and vanished from ${desk.name}`)];
  });
}

/** After healing and draining: nothing lost, doubled, out of order, different or still waiting. */
export function endProblems(desk: SimDesk, server: ModelServer, takenByRestore: ReadonlySet<string>): Problem[] {
  if (desk.doubt.open) return [...orderProblems(desk, server), ...rowProblems(desk, server)];
  return [
    ...intentProblems(desk, server, takenByRestore),
    ...orderProblems(desk, server),
    ...rowProblems(desk, server),
    ...waitingProblems(desk),
  ];
}

/** What a desk's clock may be off by when an answer was long on its way, ms. */
const clockSlackMs = 5000;

/** At any moment, where no clock was set: what can still be taken back has not left. */
export function leftEarlyProblems(desk: SimDesk): Problem[] {
  const left = desk.db.column<string>(
    `SELECT id FROM outbox WHERE state IN ('sending', 'accepted') AND leaves_at > :now`,
    { now: (desk.clockNow() ?? Number.POSITIVE_INFINITY) + clockSlackMs },
  );
  return left.map((id) => problem('undone', `${id} left ${desk.name} before its time to be taken back was over`));
}

/** Pages and snapshots alone bring what the server has: comparing is there for damage and for restores that nobody was told of, and hides nothing else. */
export function mendedProblems(desk: SimDesk): Problem[] {
  const rows = readFact(desk.db, 'repairedRows') ?? 0;
  return rows === 0 ? [] : [problem('mended', `${desk.name} had ${rows} rows that were not the server's`)];
}

/** Removes a row of the server's that no open command lies over. Answers its id; null: there is none. */
export function loseRow(db: WriteDb): string | null {
  const id = db.column<string>(
    `SELECT id FROM case_event WHERE id NOT IN (SELECT id FROM base_row)
       AND case_id NOT IN (SELECT case_id FROM outbox WHERE state IN ('pending', 'sending', 'accepted')) ORDER BY id LIMIT 1`,
  )[0];
  if (id === undefined) return null;
  db.run('DELETE FROM case_event WHERE id = :id', { id });
  return id;
}

function intentProblems(desk: SimDesk, server: ModelServer, takenByRestore: ReadonlySet<string>): Problem[] {
  const kept = keptOf(desk);
  return desk.intents.flatMap((intent) => {
    if (intent.undone === 'yes' && server.state.decisions.some((one) => one.commandId === intent.commandId))
      return [problem('undone', `${intent.key} reached the server`)];
    if (intent.undone !== 'no' || intent.settled) return [];
    const effects = server.state.decisions.filter((one) => one.key === intent.key && one.accepted).length;
    const stands = kept.get(intent.commandId);
    const refused = stands?.state === 'rejected' && stands.reason !== null;
    if (effects > 1) return [problem('duplicated', `${intent.key} took effect ${effects} times`)];
    if (effects === 1 && refused) return [problem('duplicated', `${intent.key} took effect and stands refused`)];
    if (effects === 1 || refused || takenByRestore.has(intent.commandId)) return [];
    return intent.acknowledged ? [problem('lost', `${intent.key} (${intent.name} ${intent.caseId})`)] : [];
  });
}

function orderProblems(desk: SimDesk, server: ModelServer): Problem[] {
  const given = new Map(desk.intents.map((one, at) => [one.commandId, at]));
  const last = new Map<string, number>();
  return server.state.decisions.flatMap(({ commandId, caseId }) => {
    const at = given.get(commandId);
    if (at === undefined) return [];
    const before = last.get(caseId) ?? -1;
    last.set(caseId, Math.max(at, before));
    return at < before ? [problem('disordered', `${commandId} came to ${caseId} after a later one`)] : [];
  });
}

/** Every row is the server's, as far as the desk's operator may see. */
export function rowProblems(desk: SimDesk, server: ModelServer): Problem[] {
  const town = server.operatorAt(desk.n).townCode;
  return syncTableNames.flatMap((table) => {
    const mine = new Map(readRows(desk.db, table, '').map((row) => [row.id, textOf(table, row)]));
    const theirs = new Map(
      [...rowsOf(server.state, table)].filter(([, row]) => inTown(server.state, table, row, town)),
    );
    const differing = [...theirs].filter(([id, row]) => mine.get(id) !== textOf(table, row)).map(([id]) => id);
    const extra = [...mine.keys()].filter((id) => !theirs.has(id));
    return [...differing, ...extra].map((id) => problem('diverged', `${desk.name} ${table} ${id}`));
  });
}

function textOf(table: SyncTable, row: object): string {
  const values = row as Record<string, unknown>;
  return JSON.stringify([...columnsOf(table).map(({ key }) => values[key]), values.surveyNote], (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** What of a desk is not drained; `choked`: cases whose commands the server will not take now. */
export function waitingProblems(desk: SimDesk, choked: ReadonlySet<string> = new Set()): Problem[] {
  const { db, name, status } = desk;
  const stuck: string[] = [];
  if (!readOperator(db)) stuck.push(`${name} has nobody signed in`);
  const open = db
    .all<{ id: string; case_id: string; state: string }>(
      `SELECT id, case_id, state FROM outbox WHERE state IN ('pending', 'sending', 'accepted')`,
    )
    .filter((row) => !choked.has(row.case_id));
  if (open.length > 0)
    stuck.push(`${name} still waits with ${open.map(({ id, state }) => `${id} ${state}`).join(', ')}`);
  if (choked.size > 0) return stuck.map((text) => problem('heldUp', text));
  if (status?.pending !== 0) stuck.push(`${name} says that ${status?.pending} wait`);
  const bases = db.column<string>('SELECT id FROM base_row');
  if (bases.length > 0) stuck.push(`${name} keeps base rows of nothing: ${bases.join(' ')}`);
  return stuck.map((text) => problem('stuck', text));
}

/** Whether a desk is in step with the server. */
export function isLive(desk: SimDesk, server: ModelServer): boolean {
  const { state, rev } = desk.status ?? {};
  return desk.alive && state === 'live' && rev === server.state.rev;
}
