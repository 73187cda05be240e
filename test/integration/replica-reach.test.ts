import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { changeReach, putAccounts } from '../../central/db/accounts.ts';
import type { RunningCentral } from '../../central/server.ts';
import { openRead } from '../../electron/db/connection.ts';
import { shownCommands } from '../../electron/db/outbox.ts';
import { queryHandlers } from '../../electron/db/queries/handlers.ts';
import { sampleFilter } from '../../electron/db/sample.test-support.ts';
import type { ReadDb } from '../../electron/db/statements.ts';
import type { QueryHandlers } from '../../shared/ipc/contract.ts';
import { FaultProxy } from '../builders/fault-proxy.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { bangtou, fengting, openCase, password, persons, startSmallCounty } from '../builders/small-county.ts';
import { Workstation } from '../builders/workstation.ts';

const own = { role: 'townClerk', townCode: fengting.townCode } as const;
const other = { role: 'townClerk', townCode: bangtou.townCode } as const;
const county = { role: 'dispatcher', townCode: null } as const;
const townOf = (id: string) => (Number(id.slice(2)) % 2 === 0 ? fengting : bangtou).townCode;
const ids60 = Array.from({ length: 60 }, (_, n) => `c-${n}`);
let postgres: TestPostgres;
let central: RunningCentral;
let proxy: FaultProxy;
let desk: Workstation;
let reader: ReadDb;

beforeAll(async () => {
  postgres = await startTestPostgres();
  const cases = ids60.map((id) => openCase(id, townOf(id) === fengting.townCode ? fengting : bangtou));
  central = await startSmallCounty(await postgres.database(), cases);
});
afterAll(async () => {
  await central?.close();
  await postgres?.close();
});
beforeEach(async () => {
  proxy = await FaultProxy.listen();
  proxy.target = central.url;
});
afterEach(async () => {
  reader.close();
  await desk.close();
  await proxy.close();
});

async function signIn(reach: typeof own | typeof county): Promise<void> {
  await changeReach(central.pool, 'clerk', reach);
  desk = new Workstation(proxy.url, { username: 'clerk' });
  await desk.live();
  reader = openRead(desk.file);
}

/** A list the operator has open: the whole of what they may see. */
function openList(): { answers: QueryHandlers; listId: string; total: number } {
  const answers = queryHandlers(reader, (work) => work());
  const { listId, total } = answers.openList({
    filter: sampleFilter,
    sort: 'due',
    limit: 10,
  }) as { listId: string; total: number };
  return { answers, listId, total };
}

/** Cases of a town that any way of reading still shows: the tables, their events and words, the list that was open. */
function shownOf(town: string | null, list: ReturnType<typeof openList>): string[] {
  const ids = reader.column<string>(
    `SELECT id FROM cases WHERE town_code IS :town UNION SELECT case_id FROM case_event
       WHERE case_id IN (SELECT value FROM json_each(:all)) UNION SELECT 'words of it' FROM search_part
       WHERE NOT EXISTS (SELECT 1 FROM cases)`,
    { town, all: JSON.stringify(ids60.filter((id) => townOf(id) === town)) },
  );
  const { rows } = list.answers.listRows({ listId: list.listId, offset: 0, limit: 60 }) as {
    rows: { id: string; townCode: string }[];
  };
  return [...ids, ...rows.filter((row) => row.townCode === town).map((row) => row.id)];
}

test.each([
  ['a dispatcher becomes a town’s clerk', county, own, bangtou.townCode],
  ['a clerk is moved to another town', own, other, fengting.townCode],
])(
  '%s: what they may no longer see is gone within 5 s, and what they may see comes',
  async (_, before, after, lost) => {
    await signIn(before);
    const list = openList();
    expect(shownOf(lost, list)).not.toEqual([]);
    const told = performance.now();
    // Not by the rows that come instead: before the first of them.
    const asked = proxy.next('/sync/snapshot', 'refuse');
    await changeReach(central.pool, 'clerk', after);
    await asked;
    expect(shownOf(lost, list)).toEqual([]);
    expect(performance.now() - told).toBeLessThan(5000);
    await desk.commands.syncNow({});
    await desk.until(
      (status) => status.state === 'live' && status.rev !== null && status.operator?.townCode === after.townCode,
    );
    expect(shownOf(lost, list)).toEqual([]);
    expect(openList().total).toBe(30);
    expect(await desk.differences(central.url, 'clerk')).toEqual([]);
  },
);

test('a clerk becomes a dispatcher: nothing is taken away, and the rest comes', async () => {
  await signIn(own);
  const list = openList();
  let least = list.total;
  await changeReach(central.pool, 'clerk', county);
  await desk.until((status) => {
    const now = reader.get<{ n: number }>('SELECT count(*) AS n FROM cases')?.n ?? 0;
    least = Math.min(least, now);
    return status.state === 'live' && now === 60;
  });
  expect(least).toBe(30);
  expect(openList().total).toBe(60);
  expect(await desk.differences(central.url, 'clerk')).toEqual([]);
});

test('moved while the line is down, with work waiting: not one command is lost, and the server decides each', async () => {
  await signIn(county);
  proxy.partition();
  await desk.until((status) => status.state === 'offline');
  const given = [];
  for (const caseId of ['c-0', 'c-1', 'c-2', 'c-3'])
    given.push((await desk.commands.startCall({ caseId, personId: persons.plain.id })).callId);
  await changeReach(central.pool, 'clerk', own);
  expect(desk.now.pending).toBe(4);
  proxy.heal();
  await desk.commands.syncNow({});
  await desk.until((status) => status.state === 'live' && status.pending === 0);
  await desk.drained();
  // Cases of the town took theirs; the others are in the tray, with the server's reason.
  const calls = await central.pool.query<{ id: string }>('SELECT id FROM call WHERE case_id IN ($1, $2)', [
    'c-0',
    'c-2',
  ]);
  expect(calls.rows.map((row) => row.id).sort()).toEqual([given[0], given[2]].sort());
  expect(shownCommands(desk.db, null).map(({ caseId, state }) => [caseId, state])).toEqual([
    ['c-1', 'rejected'],
    ['c-3', 'rejected'],
  ]);
  expect(reader.column('SELECT DISTINCT town_code FROM cases')).toEqual([fengting.townCode]);
});

test('an account that is taken away is signed out within 5 s', async () => {
  const leaving = { id: 'operator-leaving', username: 'leaving', name: '测试', password, ...county };
  await putAccounts(central.pool, [leaving]);
  desk = new Workstation(proxy.url, { username: null });
  reader = openRead(desk.file);
  await desk.commands.signIn({ username: 'leaving', password });
  await desk.live();
  const told = performance.now();
  await central.pool.query(`DELETE FROM account WHERE username = 'leaving'`);
  await desk.until((status) => status.state === 'signedOut');
  expect(performance.now() - told).toBeLessThan(5000);
});
