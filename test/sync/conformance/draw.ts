import type { Case } from '../../../shared/model/case.ts';
import type { Message } from '../../../shared/model/message.ts';
import type { Person } from '../../../shared/model/register.ts';
import { renewalEchoMs } from '../../../shared/protocol/auth.ts';
import type { WireCommand } from '../../../shared/protocol/commands.ts';
import type { SyncTable } from '../../../shared/protocol/tables.ts';
import { rangesOf } from '../../builders/mirror-digest.ts';
import { countyCase, evening, personIds, placeOf, towns } from '../simulator/model-county.ts';
import { type ModelState, rowsOf } from '../simulator/model-state.ts';
import type { Chance } from '../simulator/random.ts';
import { type Ask, type Both, dataSetNow } from './both.ts';

/** Few cases, so that commands and moves meet. */
const cases = 8;
const caseIdOf = (n: number) => `case-${String(n).padStart(3, '0')}`;
const someCase = (chance: Chance) => caseIdOf(chance.between(0, cases - 1));
const desk = (chance: Chance) => chance.between(0, 1);
type Step = (both: Both, chance: Chance) => Promise<void>;

const weights = {
  commands: 15,
  changes: 9,
  badChanges: 2,
  snapshot: 5,
  badSnapshot: 2,
  digest: 6,
  badDigest: 1,
  rows: 3,
  badCommands: 1,
  nobody: 1,
  elsewhere: 6,
  otherTown: 1,
  backup: 1,
  restore: 1,
  clock: 2,
  signIn: 1.5,
  renew: 4,
};

export function drawStep(both: Both, chance: Chance): Promise<void> {
  return steps[chance.weighted(weights)](both, chance);
}

const steps: Record<keyof typeof weights, Step> = {
  async commands(both, chance) {
    const at = desk(chance);
    const commands = Array.from({ length: chance.between(1, 4) }, () => commandOf(both, chance, at));
    // Somebody else does the same: on a case that has ended, always.
    const [first] = commands;
    if (first && (chance.hits(0.3) || ending.includes(first.name)))
      commands.push({ ...first, id: both.newId(), ...(first.name === 'recordCase' && { caseId: madeCase(chance) }) });
    // What was sent comes again, alone and in another order.
    if (chance.hits(0.4) && both.sent.length > 0) commands.splice(0, 0, chance.pick(both.sent));
    if (chance.hits(0.2)) commands.reverse();
    both.sent.push(...commands);
    const epoch = chance.pick([dataSetNow, dataSetNow, `${dataSetNow}.${towns[0]}`, 'of-another-server']);
    const seen = { epoch, rev: both.model.state.rev + chance.pick([-3, -1, 0, 0, 1]) };
    const known = chance.hits(0.2) && seen.rev >= 0 ? { seen } : {};
    await both.ask({ path: '/sync/commands', body: { commands, ...known } }, at);
  },
  async badCommands(both, chance) {
    const one = commandOf(both, chance, 0);
    const bodies: unknown[] = [{}, { commands: [] }, { commands: [one, { ...one, issuedAt: '昨天' }] }, null];
    await both.ask({ path: '/sync/commands', body: chance.pick(bodies) }, 0);
  },
  async changes(both, chance) {
    const { rev } = both.model.state;
    const cursor = chance.hits(0.1) ? rev + chance.between(1, 3) : chance.between(Math.max(0, rev - 40), rev);
    const query = {
      cursor: String(chance.hits(0.1) ? 0 : cursor),
      ...maybe(chance, 'limit', ['1', '2', '5', '17', '200']),
    };
    const more = { ...maybe(chance, 'pages', ['1', '2', '5']), ...maybe(chance, 'rows', ['arrays', 'objects']) };
    await both.ask({ path: '/sync/changes', query: { ...query, ...more } }, desk(chance));
  },
  async badChanges(both, chance) {
    const query = chance.pick<Record<string, string>>([
      {},
      { cursor: '-1' },
      { cursor: 'last' },
      { cursor: '1.5' },
      { cursor: '1', limit: '0' },
      { cursor: '1', limit: '100001' },
      { cursor: '1', pages: '0' },
      { cursor: '1', pages: '101' },
      { cursor: '1', rows: 'columns' },
    ]);
    await both.ask({ path: '/sync/changes', query }, desk(chance));
  },
  async snapshot(both, chance) {
    const at = desk(chance);
    const rows = maybe(chance, 'rows', ['arrays', 'objects']);
    if (chance.hits(0.4)) {
      both.hold(at, await both.ask({ path: '/sync/snapshot', query: rows }, at));
      return;
    }
    const pass = chance.pick([
      'setting',
      'village',
      'person',
      'case.open',
      'case.closed',
      'caseEvent.newest',
      'call.newest',
    ]);
    const id = chance.pick([
      ...ids(both.model.state, chance.pick(['case', 'caseEvent', 'person', 'village'])),
      'm',
      '',
    ]);
    const from = String(both.model.state.rev + chance.pick([0, 0, -1, -3, 2]));
    const after = chance.hits(0.1) ? pass : `${pass}:${id}`;
    await both.ask({ path: '/sync/snapshot', query: { at: from, after, ...rows } }, at);
  },
  async badSnapshot(both, chance) {
    const query = chance.pick<Record<string, string>>([
      { at: '1' },
      { after: 'case.open:case-003' },
      { at: '1', after: 'nothing:1' },
      { at: '-1', after: 'case.open:case-003' },
      { at: '1', after: 'case.open:1', rows: 'no' },
      { at: '1', after: 'x'.repeat(201) },
    ]);
    await both.ask({ path: '/sync/snapshot', query }, desk(chance));
  },
  async digest(both, chance) {
    const at = desk(chance);
    const held = both.held[at];
    if (!held || held.rows.size === 0 || chance.hits(0.3)) {
      both.hold(at, await both.ask({ path: '/sync/snapshot', query: {} }, at));
      return;
    }
    // A replica that missed a row, holds an older one, or one that the server does not have.
    const [key, row] = chance.pick(held.entries());
    if (chance.hits(0.15)) held.rows.delete(key);
    if (chance.hits(0.15)) held.rows.set(key, { ...row, rev: 0 });
    if (chance.hits(0.1)) held.rows.set(`${key}-b`, { ...row, id: `${String(row.id)}-b` });
    const mode = chance.pick(['revisions', 'content'] as const);
    const all = rangesOf(held, mode, chance.between(2, 9));
    const start = chance.between(0, Math.max(0, all.length - 20));
    const ahead = chance.hits(0.05) ? both.model.state.rev + 1 : null;
    const ranges = all.slice(start, start + 20).map((range) => ({ ...range, cursor: ahead ?? range.cursor }));
    if (chance.hits(0.1)) ranges.push({ ...(ranges[0] as (typeof ranges)[0]), table: 'inspection' });
    await both.ask({ path: '/sync/digest', body: { mode, ranges: ranges.slice(-20) } }, at);
  },
  async badDigest(both, chance) {
    const range = { table: 'case', from: '', to: null, cursor: 0, rows: 0, digest: '' };
    const bodies: unknown[] = [
      {},
      { mode: 'all', ranges: [range] },
      { mode: 'content', ranges: [] },
      { mode: 'revisions', ranges: [{ ...range, cursor: -1 }] },
      { mode: 'revisions', ranges: Array.from({ length: 21 }, () => range) },
    ];
    await both.ask({ path: '/sync/digest', body: chance.pick(bodies) }, desk(chance));
  },
  async rows(both, chance) {
    const table = chance.pick<SyncTable>(['case', 'caseEvent', 'call', 'message', 'person', 'village']);
    const known = ids(both.model.state, table);
    const wanted = ['nobody', ...known.filter(() => chance.hits(0.4))];
    const bodies = [
      { table, ids: wanted },
      { table, ids: wanted },
      { table: 'inspection', ids: wanted },
      { table, ids: [] },
    ];
    await both.ask({ path: '/sync/rows', body: chance.pick(bodies) }, desk(chance));
  },
  async nobody(both, chance) {
    const asks: readonly [Ask, string | null | 0][] = [
      [{ path: '/health' }, null],
      [{ path: '/sync/changes', query: { cursor: '0' } }, null],
      [{ path: '/sync/snapshot' }, 'nonsense'],
      [{ path: '/sync/commands', body: {} }, 'nonsense'],
      [{ path: '/sync/everything' }, 0],
    ];
    const [ask, who] = chance.pick(asks);
    await both.ask(ask, who);
  },
  async elsewhere(both, chance) {
    const { state } = both.model;
    const id = someCase(chance);
    const one = rowsOf(state, 'case').get(id) as Case | undefined;
    if (!one) return both.write([{ table: 'case', row: countyCase(Number(id.slice(5)), 0) }]);
    const draw = chance.next();
    if (draw < 0.2) return both.write([{ table: 'case', row: { ...one, title: `题目 ${state.rev}` } }]);
    if (draw < 0.4)
      return both.write([{ table: 'case', row: { ...one, closedAt: one.closedAt === null ? evening : null } }]);
    if (draw < 0.5) return both.remove(id);
    if (draw < 0.7) {
      const place = placeOf(one.townCode === towns[0] ? 1 : 0);
      return both.write([
        { table: 'case', row: { ...one, ...(chance.hits(0.2) ? { townCode: null, villageCode: null } : place) } },
      ]);
    }
    if (draw < 0.85) {
      const person = rowsOf(state, 'person').get(chance.pick(personIds)) as Person;
      return both.write([{ table: 'person', row: { ...person, townCode: chance.pick([null, ...towns]) } }]);
    }
    const messages = [...rowsOf(state, 'message').values()] as Message[];
    if (messages.length === 0) return;
    await both.write([
      { table: 'message', row: { ...chance.pick(messages), state: 'sent', sentAt: evening, attempts: 1 } },
    ]);
  },
  otherTown: (both, chance) => both.moveOperator(desk(chance), chance.pick([null, ...towns])),
  backup: (both) => both.keepBackup(),
  restore: (both, chance) => both.restore(chance.hits(0.5)),
  async clock(both, chance) {
    both.advance(chance.hits(0.5) ? chance.between(1, 2000) : chance.between(5000, renewalEchoMs));
  },
  signIn: (both, chance) => both.signIn(desk(chance)),
  async renew(both, chance) {
    // A line that brings something twice, an answer that was lost, a thief.
    for (let left = chance.between(1, 4); left > 0; left -= 1) {
      await both.renew(chance.pick([0, 0, 1, 2, 3]));
      if (chance.hits(0.2)) both.advance(chance.between(1000, 2 * renewalEchoMs));
    }
  },
};

function ids(state: ModelState, table: SyncTable): string[] {
  return [...rowsOf(state, table).keys()];
}

function maybe(chance: Chance, key: string, values: readonly string[]): Record<string, string> {
  return chance.hits(0.6) ? { [key]: chance.pick(values) } : {};
}

/** What is done around a case and with other cases. */
function workOf({ model: { state } }: Both, chance: Chance, reason: string): readonly [string, unknown][] {
  const known = (table: SyncTable) => chance.pick([...ids(state, table), 'nothing']);
  const handed = { escalationId: known('escalation'), assignmentId: known('assignment'), note: reason };
  const consultation = { heldAt: evening - 60_000, participants: '村两委', options: ['调解'], conclusion: reason };
  return [
    ['transferCase', { villageCode: chance.pick(['350322100201', '350322101201', 'nowhere']), reason }],
    // Whatever is void or merged takes nothing else any more.
    ['voidCase', { reason }],
    chance.hits(0.5) ? ['mergeCase', { intoId: someCase(chance), reason }] : ['acceptCase', { note: reason }],
    ['askExtension', { newDueAt: evening + chance.between(-1, 60) * 86_400_000, reason }],
    ['decideExtension', { extensionId: known('extension'), approve: chance.hits(0.5), note: reason }],
    ['recordConsultation', { level: chance.pick(['village', 'town']), ...consultation }],
    ['escalateCase', { toLevel: chance.pick(['town', 'county']), reason, override: chance.hits(0.7) }],
    ['returnEscalation', handed],
    ['returnAssignment', handed],
    ['assignCase', { kind: 'leader', personId: chance.pick(personIds), departmentId: null, basis: 'chosen', reason }],
    ['unmergeCase', { reason }],
  ];
}

/** What is told apart by who comes second. */
const ending: readonly string[] = ['voidCase', 'mergeCase', 'recordCase'];
const madeCase = (chance: Chance) => `made-${chance.between(0, 9)}`;
const caseOf = (chance: Chance) =>
  chance.hits(0.05) ? 'case-x' : chance.hits(0.05) ? madeCase(chance) : someCase(chance);

/** A report as it is typed at a desk: on a case that is not there yet, or is. */
function reportOf(chance: Chance, id: string, now: number): WireCommand['args'] {
  return {
    source: chance.pick(['selfReport', 'selfReport', 'selfReport', 'grid', 'hotline12345', 'publicOpinion', 'rumour']),
    sourceNo: chance.pick(['', 'W-1', ' W-1 ', id]),
    title: chance.hits(0.1) ? '  ' : '路灯不亮',
    address: chance.pick(['', '测试镇0测试村0老协会旁', '测试镇1测试村1', '别处']),
    villageCode: chance.pick([null, null, '350322100201', '350322101201', 'nowhere']),
    ...chance.pick<object>([{}, {}, {}, { lng: 118.69, lat: 25.37 }, { lng: 118.69 }]),
    ...chance.pick<object>([{}, {}, {}, { recordedAt: now - 40 * 86_400_000 }, { recordedAt: now + 3_600_000 }]),
    ...chance.pick<object>([{}, {}, {}, { campaigns: ['nothing'] }, { category: 'safety' }]),
    parties: [{ name: '测试甲', phone: chance.pick(['161 1234 5678', null]) }],
  };
}

function commandOf(both: Both, chance: Chance, at: number): WireCommand {
  const id = both.newId();
  const personId = chance.pick([...personIds, 'person-x']);
  const calls = ids(both.model.state, 'call');
  const callId = calls.length > 0 && chance.hits(0.7) ? chance.pick(calls) : `call-${id}`;
  const note = chance.pick(['', '已到场', '请尽快处理', 'NUL \u0000']);
  const kinds: readonly [string, unknown][] = [
    ['urgeResponsibles', { degree: 'red', recipientIds: personIds.filter(() => chance.hits(0.5)), note }],
    ['urgeResponsibles', { degree: 'yellow', recipientIds: [personId], note }],
    ['urgeResponsibles', { degree: 'yellow', recipientIds: [], note }],
    ['startCall', { callId: chance.hits(0.2) ? callId : `call-${id}`, personId }],
    ['finishCall', { callId, outcome: 'answered', note }],
    ['recordAction', { note }],
    ['acceptCase', { note }],
    ['acceptCase', { note }],
    ['arriveOnScene', { note }],
    ['resolveCase', { level: 'town', note }],
    ['closeCase', { note }],
    ['callBack', { result: chance.pick(['satisfied', 'dissatisfied']), note }],
    ['markRisk', { highRisk: chance.hits(0.5), reason: note }],
    ['dispatchByHand', { villageCode: chance.pick(['350322100201', 'nowhere']), reason: '群众来电' }],
    ['recordAction', { note: 7 }],
    ['teleportCase', {}],
    ...workOf(both, chance, note),
  ];
  const records = chance.hits(0.1);
  const [name, args] = records ? (['recordCase', reportOf(chance, id, both.now())] as const) : chance.pick(kinds);
  return {
    id,
    name,
    args,
    caseId: records && chance.hits(0.8) ? madeCase(chance) : caseOf(chance),
    issuedAt: both.now() + chance.pick([-60_000, -1000, 0, 60_000]),
    operatorId: `operator-${chance.hits(0.05) ? 1 - at : at}`,
    workstation: `desk-${at}`,
    baseRev: chance.between(0, both.model.state.rev),
  };
}
