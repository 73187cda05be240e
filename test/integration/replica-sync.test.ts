import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningCentral } from '../../central/server.ts';
import { shownCommands } from '../../electron/db/outbox.ts';
import { readRow } from '../../electron/db/rows.ts';
import { FaultProxy } from '../builders/fault-proxy.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { openCase, password, persons, startSmallCounty } from '../builders/small-county.ts';
import { Workstation } from '../builders/workstation.ts';

const root = resolve(import.meta.dirname, '../..');
const tsx = createRequire(import.meta.url).resolve('tsx');
let postgres: TestPostgres;
let central: RunningCentral;
let proxy: FaultProxy;
const open: Workstation[] = [];

function workstation(...args: ConstructorParameters<typeof Workstation>): Workstation {
  const made = new Workstation(...args);
  open.push(made);
  return made;
}

beforeAll(async () => {
  postgres = await startTestPostgres();
  const cases = Array.from({ length: 40 }, (_, index) => openCase(`case-${String(index).padStart(2, '0')}`));
  central = await startSmallCounty(await postgres.database(), cases);
  proxy = await FaultProxy.listen();
  proxy.target = central.url;
});
afterEach(async () => {
  proxy.heal();
  for (const one of open.splice(0)) await one.close();
});
afterAll(async () => {
  await proxy?.close();
  await central?.close();
  await postgres?.close();
});

const callPlain = (at: Workstation, caseId: string) => at.commands.startCall({ caseId, personId: persons.plain.id });
const onServer = async (caseId: string) =>
  (await central.pool.query('SELECT * FROM call WHERE case_id = $1 ORDER BY rev', [caseId])).rows;

describe('a replica and the real server', () => {
  test('the first sync brings every row: the digests are equal', async () => {
    const desk = workstation(proxy.url);
    await desk.live();
    expect(await desk.differences(central.url)).toEqual([]);
    expect(desk.now.operator?.username).toBe('dispatcher');
  });

  test('two workstations see each other’s work within 2 s', async () => {
    const [here, there] = [workstation(proxy.url), workstation(proxy.url)];
    await Promise.all([here.live(), there.live()]);
    const rev = there.now.rev ?? 0;
    const started = performance.now();
    await callPlain(here, 'case-01');
    await there.until((status) => (status.rev ?? 0) > rev);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(readRow(there.db, 'case', 'case-01')?.callCount).toBe(1);
    await here.drained();
    expect(await here.differences(central.url)).toEqual([]);
  });

  test('the server’s answer is lost after the commit: one effect, and the queue is empty', async () => {
    const desk = workstation(proxy.url);
    await desk.live();
    const lost = proxy.next('/sync/commands', 'loseAnswer');
    await callPlain(desk, 'case-02');
    await lost;
    desk.commands.syncNow({}).catch(() => undefined);
    await desk.drained();
    expect(await onServer('case-02')).toHaveLength(1);
    expect(await desk.differences(central.url)).toEqual([]);
  });

  test('a page cut in its middle is not applied, and comes again whole', async () => {
    const desk = workstation(proxy.url);
    await desk.live();
    const before = desk.now.rev;
    const other = workstation(central.url);
    await other.live();
    const cut = proxy.next('/sync/changes', 'cutAnswer');
    await callPlain(other, 'case-03');
    await cut;
    await desk.until((status) => status.reason === 'answerCut' || (status.rev ?? 0) > (before ?? 0));
    await desk.commands.syncNow({});
    await desk.until((status) => status.state === 'live' && (status.rev ?? 0) > (before ?? 0));
    expect(await desk.differences(central.url)).toEqual([]);
  });

  test('a rejected command is shown with its reason and nothing else stops', async () => {
    const desk = workstation(proxy.url);
    await desk.live();
    proxy.partition();
    await desk.until((status) => status.state === 'offline');
    await callPlain(desk, 'case-04');
    await callPlain(desk, 'case-05');
    const other = workstation(central.url);
    await other.live();
    await central.pool.query(`UPDATE cases SET voided_at = 1 WHERE id = 'case-04'`);
    proxy.heal();
    await desk.commands.syncNow({});
    await desk.until((status) => status.state === 'live' && status.pending === 0 && status.rejected === 1);
    expect(shownCommands(desk.db, null)).toMatchObject([{ caseId: 'case-04', state: 'rejected', reason: 'caseVoid' }]);
    expect(await onServer('case-05')).toHaveLength(1);
    await central.pool.query(`UPDATE cases SET voided_at = NULL WHERE id = 'case-04'`);
  });

  test('20 calls queued with the server down, the process killed: each reached the server exactly once, in order per case', async () => {
    const first = workstation(proxy.url);
    await first.live();
    const { file, stored: session } = first;
    await first.close();
    open.splice(open.indexOf(first), 1);
    proxy.partition();
    const calls = Array.from({ length: 20 }, (_, index) => ({
      caseId: `case-${10 + (index % 5)}`,
      personId: persons.plain.id,
    }));
    const order = JSON.stringify({ url: proxy.url, file, session, calls });
    const child = spawn(process.execPath, ['--import', tsx, 'test/builders/queue-offline.ts', order], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: string[] = [];
    for await (const callId of createInterface({ input: child.stdout })) {
      acknowledged.push(callId);
      if (acknowledged.length === calls.length) child.kill('SIGKILL');
    }
    expect(acknowledged).toHaveLength(20);

    const again = workstation(proxy.url, { file, session, username: null });
    expect(again.now.pending).toBe(20);
    proxy.heal();
    await again.commands.syncNow({});
    await again.drained();
    for (const caseId of new Set(calls.map((call) => call.caseId))) {
      const given = acknowledged.filter((_, index) => calls[index]?.caseId === caseId);
      expect((await onServer(caseId)).map((call) => call.id)).toEqual(given);
    }
    expect(await again.differences(central.url)).toEqual([]);
  });
});

describe('what an operator is told', () => {
  test('a wrong password, said so; the loop stays usable', async () => {
    const desk = workstation(proxy.url, { username: null });
    await expect(desk.commands.signIn({ username: 'dispatcher', password: 'nope' })).rejects.toMatchObject({
      kind: 'wrongPassword',
    });
    await desk.commands.signIn({ username: 'dispatcher', password });
    await desk.live();
  });

  test('an address where another server answers is named so', async () => {
    const other = createServer((_, response) => response.end('<html>printer</html>'));
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const desk = workstation(`http://127.0.0.1:${(other.address() as AddressInfo).port}`);
    await desk.until((status) => status.state === 'blocked');
    expect(desk.now.reason).toBe('serverNotOurs');
    other.close();
  });
});

test('the headless tool syncs, answers, queues offline and verifies, with an exit code for each failure', async () => {
  const desk = workstation(central.url);
  const passwordFile = `${desk.file}.password`;
  writeFileSync(passwordFile, `${password}\n`);
  const file = `${desk.file}.tool`;
  const run = (...args: string[]) =>
    new Promise<{ code: number; out: string; error: string }>((done) => {
      execFile(
        process.execPath,
        ['--import', tsx, 'scripts/replica.ts', ...args, '--db', file],
        { cwd: root },
        (error, out, stderr) => done({ code: typeof error?.code === 'number' ? error.code : 0, out, error: stderr }),
      );
    });
  const signedIn = ['--central', central.url, '--user', 'dispatcher', '--password-file', passwordFile];
  expect((await run('sync', ...signedIn)).code).toBe(0);
  const call = JSON.stringify({ caseId: 'case-30', personId: persons.plain.id });
  const given = await run('command', 'startCall', call);
  expect(JSON.parse(given.out)).toMatchObject({ personId: persons.plain.id, uri: 'tel:+8616112345678' });
  expect(JSON.parse((await run('status')).out)).toMatchObject({ pending: 1, rejected: 0 });
  const verified = await run('verify', ...signedIn);
  expect(JSON.parse(verified.out)).toMatchObject({ equal: true });
  expect(await onServer('case-30')).toHaveLength(1);
  const detail = JSON.parse((await run('query', 'caseDetail', '{"caseId":"case-30"}')).out);
  expect(detail).toMatchObject({ case: { callCount: 1 }, commands: [] });
  const unknown = await run('query', 'nothing');
  expect([unknown.code, JSON.parse(unknown.error).kind]).toEqual([2, 'badArguments']);
  const refused = await run('command', 'startCall', JSON.stringify({ caseId: 'nope', personId: null }));
  expect([refused.code, JSON.parse(refused.error).kind]).toEqual([9, 'unknownCase']);
}, 120_000);
