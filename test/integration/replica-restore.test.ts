import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { renewEpoch } from '../../central/db/meta.ts';
import type { RunningCentral } from '../../central/server.ts';
import { readRow } from '../../electron/db/rows.ts';
import { FaultProxy } from '../builders/fault-proxy.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { openCase, persons, startSmallCounty } from '../builders/small-county.ts';
import { Workstation } from '../builders/workstation.ts';

let postgres: TestPostgres;
let adminUrl: string;
let central: RunningCentral | null = null;
let proxy: FaultProxy;
let desk: Workstation | null = null;
let made = 0;

beforeAll(async () => {
  postgres = await startTestPostgres();
  adminUrl = await postgres.database();
});
beforeEach(async () => {
  proxy = await FaultProxy.listen();
  await serve(await postgres.database());
});
afterEach(async () => {
  await desk?.close();
  await proxy.close();
  await stop();
});
afterAll(() => postgres?.close());

let databaseUrl = '';
async function serve(url: string): Promise<void> {
  databaseUrl = url;
  central = await startSmallCounty(
    url,
    ['before', 'after', 'offline'].map((id) => openCase(id)),
  );
  proxy.target = central.url;
}
async function stop(): Promise<void> {
  await central?.close();
  central = null;
}

/** A copy of the database as it stands: the backup of the evening. Its server must be down meanwhile. */
async function backup(): Promise<string> {
  made += 1;
  const source = new URL(databaseUrl);
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE copy_${made} TEMPLATE ${source.pathname.slice(1)}`);
  await admin.end();
  source.pathname = `/copy_${made}`;
  return source.href;
}

const call = (caseId: string) => (desk as Workstation).commands.startCall({ caseId, personId: persons.plain.id });
const callsOf = async (caseId: string) =>
  (await central?.pool.query('SELECT id FROM call WHERE case_id = $1', [caseId]))?.rows.map((row) => row.id);

/** A desk in step; a backup; work after it that the backup does not know; then the line falls and a call is queued. */
async function beforeTheDisaster(): Promise<{ copy: string; queued: string }> {
  desk = new Workstation(proxy.url);
  await desk.live();
  await call('before');
  await desk.drained();
  await stop();
  const copy = await backup();
  await serve(databaseUrl);
  await desk.commands.syncNow({});
  await desk.live();
  for (let n = 0; n < 3; n += 1) await call('after');
  await desk.drained();
  proxy.partition();
  await desk.until((status) => status.state === 'offline');
  const queued = (await call('offline')).callId;
  await stop();
  return { copy, queued };
}

async function backInStep(): Promise<void> {
  proxy.heal();
  await desk?.commands.syncNow({});
  await desk?.drained();
  expect(await desk?.differences(central?.url ?? '')).toEqual([]);
}

describe('the server was restored from the backup of the evening', () => {
  test('with a new epoch: the replica becomes what the server is, and what was queued takes effect once', async () => {
    const { copy, queued } = await beforeTheDisaster();
    const held = desk?.now.rev ?? 0;
    await serve(copy);
    if (central) await renewEpoch(central.pool);
    expect(desk?.now.pending).toBe(1);
    await backInStep();
    expect(desk?.now.rev).toBeLessThan(held);
    expect(await callsOf('offline')).toEqual([queued]);
    expect(await callsOf('before')).toHaveLength(1);
    // What the backup did not know is gone here too: the replica claims nothing the server does not hold.
    expect(readRow((desk as Workstation).db, 'case', 'after')?.callCount).toBe(0);
  });

  test('and nobody renewed the epoch: a replica that is ahead of its server notices by that', async () => {
    const { copy, queued } = await beforeTheDisaster();
    await serve(copy);
    await backInStep();
    expect(await callsOf('offline')).toEqual([queued]);
    expect(readRow((desk as Workstation).db, 'case', 'after')?.callCount).toBe(0);
  });

  test.each([
    ['with a new epoch', true],
    ['without one', false],
  ])('a command that only the lost server had accepted is sent again, %s', async (_, renewed) => {
    const { copy, queued } = await beforeTheDisaster();
    const { db, now } = desk as Workstation;
    // The lost server's answer came, the page with its effect did not.
    db.run("UPDATE outbox SET state = 'accepted', result_rev = :rev WHERE case_id = :caseId", {
      caseId: 'offline',
      rev: (now.rev ?? 0) + 1,
    });
    await serve(copy);
    if (renewed && central) await renewEpoch(central.pool);
    await backInStep();
    expect(await callsOf('offline')).toEqual([queued]);
  });

  test('under an open line, unnoticed: the next page says that it is another data set', async () => {
    const { copy } = await beforeTheDisaster();
    await serve(databaseUrl);
    await backInStep();
    const old = central;
    const epoch = desk?.now.rev;
    // The new server takes the old one's place while notices still stream from the old one.
    await serve(copy);
    if (central) await renewEpoch(central.pool);
    await desk?.commands.syncNow({});
    await desk?.until((status) => status.state === 'live' && (status.rev ?? 0) < (epoch ?? 0));
    await old?.close();
    await backInStep();
  });
});
