import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningCentral } from '../../central/server.ts';
import { FaultProxy } from '../builders/fault-proxy.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { openCase, password, persons, startSmallCounty } from '../builders/small-county.ts';
import { Workstation } from '../builders/workstation.ts';

let postgres: TestPostgres;
let central: RunningCentral;
let proxy: FaultProxy;
let open: Workstation[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
  central = await startSmallCounty(await postgres.database(), [openCase('case-1'), openCase('case-2')]);
  proxy = await FaultProxy.listen();
  proxy.target = central.url;
});
afterEach(async () => {
  proxy.heal();
  for (const one of open) await one.close();
  open = [];
});
afterAll(async () => {
  await proxy?.close();
  await central?.close();
  await postgres?.close();
});

/** A workstation that was started anew with the session it had kept: its first request renews it. */
async function restarted(): Promise<Workstation> {
  const first = new Workstation(proxy.url);
  await first.live();
  const { file, stored: session } = first;
  await first.close();
  const again = new Workstation(proxy.url, { file, session, username: null });
  open.push(again);
  return again;
}
const callsOf = async (caseId: string) =>
  (await central.pool.query('SELECT id FROM call WHERE case_id = $1', [caseId])).rows;

describe('a workstation at night', () => {
  test('goes on when the answer to its renewal is lost: nobody has to sign in again', async () => {
    const lost = proxy.next('/auth/refresh', 'loseAnswer');
    const desk = await restarted();
    await lost;
    await desk.commands.startCall({ caseId: 'case-1', personId: persons.plain.id });
    await desk.drained();
    expect(await callsOf('case-1')).toHaveLength(1);
  });

  test('whose session has ended asks to sign in and keeps what was queued; it goes out after that', async () => {
    const desk = await restarted();
    await desk.live();
    proxy.partition();
    await desk.until((status) => status.state === 'offline');
    await desk.commands.startCall({ caseId: 'case-2', personId: persons.plain.id });
    await central.pool.query('DELETE FROM token');
    proxy.heal();
    desk.commands.syncNow({}).catch(() => undefined);
    await desk.until((status) => status.state === 'signedOut');
    expect(desk.now).toMatchObject({ reason: 'sessionExpired', pending: 1 });
    expect(await callsOf('case-2')).toHaveLength(0);
    await desk.commands.signIn({ username: 'dispatcher', password });
    await desk.drained();
    expect(await callsOf('case-2')).toHaveLength(1);
  });
});
