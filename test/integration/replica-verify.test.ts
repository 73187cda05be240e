import { execFile } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { inRevision } from '../../central/db/in-revision.ts';
import { createLogger } from '../../central/logger.ts';
import { seedIfEmpty } from '../../central/prepare-seed.ts';
import { createCentral, type RunningCentral } from '../../central/server.ts';
import { openRead, openWrite } from '../../electron/db/connection.ts';
import { openReplica } from '../../electron/db/heal/open-replica.ts';
import { queryHandlers } from '../../electron/db/queries/handlers.ts';
import { readRow } from '../../electron/db/rows.ts';
import { sampleFilter } from '../../electron/db/sample.test-support.ts';
import type { SweepPace } from '../../electron/sync/verify-sweep.ts';
import type { Case } from '../../shared/model/case.ts';
import { FaultProxy } from '../builders/fault-proxy.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { password, SetClock } from '../builders/small-county.ts';
import { Workstation } from '../builders/workstation.ts';

const root = resolve(import.meta.dirname, '../..');
const tsx = createRequire(import.meta.url).resolve('tsx');
/** A round a quarter of a second instead of eight minutes. */
const quick: Partial<SweepPace> = { firstMs: 1, sliceMs: 1, roundMs: 250, movedMs: 20, contentMs: 400 };
let postgres: TestPostgres;
let central: RunningCentral;
let proxy: FaultProxy;
const open: Workstation[] = [];

function workstation(sweep: Partial<SweepPace> | null, username = 'dispatcher'): Workstation {
  const made = new Workstation(proxy.url, { sweep, username });
  open.push(made);
  return made;
}

beforeAll(async () => {
  postgres = await startTestPostgres();
  central = await createCentral({
    databaseUrl: await postgres.database(),
    clock: new SetClock(),
    log: createLogger('silent'),
    prepare: async (pool, clock) => {
      await seedIfEmpty(pool, clock, { number: 1, anchor: null, cases: 500 }, () => undefined);
    },
  });
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

/** Writes into the file behind the loop's back, as a failing disk or a fault of ours would. Answers how many rows it hurt. */
function damage(file: string): number {
  const db = openWrite(file);
  let rows = 0;
  const some = (table: string, skip: number) => `(SELECT id FROM ${table} ORDER BY id LIMIT 3 OFFSET ${skip})`;
  for (const table of ['cases', 'case_event', 'village', 'person']) {
    rows += db.run(`DELETE FROM ${table} WHERE id IN ${some(table, 20)}`);
    rows += db.run(`UPDATE ${table} SET rev = 0 WHERE id IN ${some(table, 60)}`);
  }
  rows += db.run(`UPDATE cases SET title = '改坏了', closed_at = 1 WHERE id IN ${some('cases', 90)}`);
  db.close();
  return rows;
}
const rowsOf = (desk: Workstation) =>
  ['cases', 'case_event', 'village', 'person', 'message', 'call'].reduce(
    (sum, table) => sum + (desk.db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0),
    0,
  );

describe('a damaged replica', () => {
  test('is found out and repaired by the running loop, row by row; nothing else is sent again', async () => {
    const desk = workstation(quick);
    await desk.live();
    const all = rowsOf(desk);
    await desk.until((status) => status.verifiedAt !== null);
    expect(desk.now.repairedRows).toBe(0);
    const seen = proxy.seen.length;
    const hurt = damage(desk.file);
    await desk.until((status) => status.repairedRows >= hurt);
    expect(await desk.differences(central.url)).toEqual([]);
    expect(desk.now).toMatchObject({ state: 'live', repairedRows: hurt });
    const asked = new Set(proxy.seen.slice(seen).map((path) => path.split('?')[0]));
    expect([...asked].filter((path) => !['/sync/digest', '/sync/rows', '/sync/changes'].includes(path ?? ''))).toEqual(
      [],
    );
    const { report } = await desk.verify({ mode: 'content', repair: false });
    expect(report).toMatchObject({ fetched: 0, differences: [] });
    expect(report.rows).toBeGreaterThan(all);
    // What was repaired is found by its number again.
    const reader = openRead(desk.file);
    const search = (text: string) =>
      queryHandlers(reader, (work) => work()).openList({ filter: { ...sampleFilter, text }, sort: 'due', limit: 5 });
    for (const no of desk.db.column<string>('SELECT no FROM cases ORDER BY id LIMIT 3 OFFSET 20'))
      expect(search(no), no).toMatchObject({ total: 1 });
    reader.close();
  });

  test('of a town’s clerk likewise', async () => {
    const desk = workstation(quick, 'clerk-350322100');
    await desk.live();
    const hurt = damage(desk.file);
    await desk.until((status) => status.repairedRows >= hurt);
    expect(await desk.differences(central.url, 'clerk-350322100')).toEqual([]);
    expect(desk.now.repairedRows).toBe(hurt);
  });

  test('is not found out while the line is down, and is when it comes back', async () => {
    const desk = workstation(quick);
    await desk.live();
    proxy.partition();
    await desk.until((status) => status.state === 'offline');
    const hurt = damage(desk.file);
    expect(desk.now.repairedRows).toBe(0);
    proxy.heal();
    await desk.commands.syncNow({});
    await desk.until((status) => status.repairedRows >= hurt);
    expect(await desk.differences(central.url)).toEqual([]);
  });

  test('a busy server is no damage: nothing is repaired, and the rounds come to their end', async () => {
    const desk = workstation({ ...quick, roundMs: 1 });
    await desk.live();
    const ids = (await central.pool.query<{ id: string }>('SELECT id FROM cases ORDER BY id')).rows.map(
      (row) => row.id,
    );
    const first = readRow(desk.db, 'case', ids[0] ?? '') as Case;
    const digests = () => proxy.seen.filter((path) => path === '/sync/digest').length;
    const before = digests();
    let n = 0;
    while (digests() < before + 15 || desk.now.verifiedAt === null) {
      const id = ids[(n * 37) % ids.length] ?? '';
      await inRevision(central.pool, async (revision) => {
        if (n % 3 === 0) await revision.remove('case', [`extra-${n - 3}`]);
        await revision.upsert('case', [{ ...first, id: n % 3 === 0 ? `extra-${n}` : id, title: `第${n}次` }]);
      });
      n += 1;
    }
    expect(n).toBeGreaterThan(15);
    expect(desk.now).toMatchObject({ state: 'live', repairedRows: 0 });
    expect((await desk.verify({ mode: 'revisions', repair: false })).report).toMatchObject({
      differences: [],
      unsettled: 0,
    });
  });
});

test('the headless tool: 0 when equal, 8 with what differs, and repairs on demand', async () => {
  const desk = workstation(null);
  await desk.live();
  const passwordFile = `${desk.file}.password`;
  writeFileSync(passwordFile, `${password}\n`);
  const file = `${desk.file}.tool`;
  await desk.close();
  open.length = 0;
  copyFileSync(desk.file, file);
  const hurt = damage(file);
  const signedIn = ['--central', central.url, '--user', 'dispatcher', '--password-file', passwordFile];
  const replica = (...args: string[]) =>
    new Promise<{ code: number; out: Record<string, unknown> }>((done) => {
      execFile(
        process.execPath,
        ['--import', tsx, 'scripts/replica.ts', ...args, '--db', file, ...signedIn],
        { cwd: root },
        (error, out, err) =>
          done({ code: typeof error?.code === 'number' ? error.code : 0, out: JSON.parse(out || err) }),
      );
    });
  const verify = (...args: string[]) => replica('verify', ...args);
  const found = await verify();
  expect(found).toMatchObject({ code: 8, out: { equal: false, repaired: 0, fetched: 0 } });
  expect(found.out.differences).toContainEqual(
    expect.objectContaining({ table: 'case', missing: 3, stale: 3, extra: 0 }),
  );

  // Another program that writes the file, the app for one, keeps it: who only looks is answered, who would write is refused.
  const app = openReplica(file, { now: () => Date.now() }).db;
  const before = app.dataVersion();
  expect(await verify()).toMatchObject({ code: 8, out: found.out });
  expect(await replica('status')).toMatchObject({ code: 0, out: { cursor: found.out.rev, pending: 0 } });
  const writing = [['sync'], ['verify', '--repair'], ['command', 'syncNow', '{}']];
  for (const refused of await Promise.all(writing.map((args) => replica(...args))))
    expect(refused).toMatchObject({ code: 6, out: { kind: 'replicaInUse' } });
  expect(app.dataVersion()).toBe(before);
  app.close();

  expect(await verify('--content', '--repair')).toMatchObject({ code: 0, out: { equal: true, repaired: hurt } });
  expect(await verify('--content')).toMatchObject({ code: 0, out: { equal: true, differences: [] } });
}, 120_000);
