import { afterAll, beforeAll, expect, it } from 'vitest';
import { putAccounts } from '../../central/db/accounts.ts';
import { inRevision } from '../../central/db/in-revision.ts';
import { createLogger } from '../../central/logger.ts';
import type { RunningCentral } from '../../central/server.ts';
import { renewalEchoMs } from '../../shared/protocol/auth.ts';
import { ask, Desk, postReport } from '../builders/http-client.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { intakeKey, openCase, persons, type SetClock, startSmallCounty } from '../builders/small-county.ts';

/** What must never be written down: people, numbers, words of a case, secrets. */
const canary = {
  person: '金丝雀甲',
  phone: '16199990001',
  reporter: '金丝雀乙',
  number: '16199990002',
  title: '金丝雀家围墙纠纷',
  detail: '金丝雀详情',
  address: '金丝雀巷七号',
  note: '金丝雀备注',
  password: 'canary-password',
  wrong: 'canary-wrong-password',
  username: 'canary-user',
  operator: '金丝雀丙',
};
let postgres: TestPostgres;
let central: RunningCentral & { clock: SetClock };
let log = '';

beforeAll(async () => {
  postgres = await startTestPostgres();
  central = await startSmallCounty(await postgres.database(), [openCase('A')], {
    log: createLogger('trace', { write: (line) => (log += line) }),
    smsProvider: { send: async () => ({ outcome: 'unreachable' }) },
    smsRetryBaseMs: 1,
  });
});
afterAll(async () => {
  await central?.close();
  await postgres?.close();
});

it('no name, number, word of a case, password, token or key is ever in the log, at any level and when things go wrong', async () => {
  const { person, phone, reporter, number, title, detail, address, note, password, wrong, username, operator } = canary;
  await putAccounts(central.pool, [
    { id: 'op-1', username, password, name: operator, role: 'dispatcher', townCode: null },
  ]);
  await inRevision(central.pool, (revision) => revision.upsert('person', [{ ...persons.plain, name: person, phone }]));

  const login = (secret: string, name = username) =>
    ask(central.url, '/auth/login', { username: name, password: secret, workstation: 'desk' });
  expect((await login(wrong)).status).toBe(401);
  expect((await login(wrong, 'canary-nobody')).status).toBe(401);
  const session = (await login(password)).body;
  const desk = await Desk.signIn(central.url);
  expect((await ask(central.url, '/auth/refresh', { refreshToken: 'canary-forged-token' })).status).toBe(401);
  const renewed = (await ask(central.url, '/auth/refresh', { refreshToken: session.refreshToken })).body;
  await ask(central.url, '/auth/refresh', { refreshToken: renewed.refreshToken });
  central.clock.at += renewalEchoMs + 1;
  expect((await ask(central.url, '/auth/refresh', { refreshToken: session.refreshToken })).status).toBe(401);

  const report = {
    sourceNo: 'c-1',
    title,
    detail,
    address,
    phone: number,
    reporter: { name: reporter, phone: number },
  };
  expect((await postReport(central.url, 'hotline12345', report)).status).toBe(201);
  expect((await postReport(central.url, 'hotline12345', report)).status).toBe(200);
  // Refused in every way: a misspelt field named like a person, a value that is none, a broken body, a wrong key.
  for (const more of [{ [reporter]: number }, { category: reporter }, { lng: number }, { detail: `${detail}\u0000` }])
    expect((await postReport(central.url, 'hotline12345', { ...report, ...more })).status).toBe(400);
  const broken = `{"title":"${title}","phone":${number}x`;
  const headers = { 'content-type': 'application/json', 'x-intake-key': intakeKey };
  expect((await fetch(`${central.url}/intake/grid`, { method: 'POST', headers, body: broken })).status).toBe(400);
  expect((await postReport(central.url, 'hotline12345', report, 'canary-key')).status).toBe(403);

  const urge = { degree: 'yellow', recipientIds: [persons.plain.id], note };
  const results = await desk.send(
    desk.command('A', 'urgeResponsibles', urge),
    desk.command('A', 'recordAction', { note }),
    desk.command('A', 'recordAction', { note, [reporter]: number }),
    desk.command('A', 'resolveCase', { level: note }),
  );
  expect(results[0]?.status).toBe('accepted');
  // The database refuses something: its error quotes the row.
  await central.pool.query(
    "ALTER TABLE cases ADD CONSTRAINT canary CHECK (title <> '金丝雀家围墙纠纷' OR source_no = 'c-1')",
  );
  expect((await postReport(central.url, 'hotline12345', { ...report, sourceNo: 'c-2' })).status).toBe(500);
  await desk.lines('/sync/snapshot');
  await desk.lines(`/sync/changes?cursor=0&canary=${encodeURIComponent(reporter)}`);
  await central.close();

  expect(log.split('\n').length).toBeGreaterThan(20);
  expect(log).toContain('commands answered');
  expect(log).toContain('SMS worked on');
  const secrets = [session.accessToken, session.refreshToken, renewed.accessToken, desk.session.accessToken, intakeKey];
  for (const word of [...Object.values(canary), ...secrets, 'canary-forged-token', 'canary-key', 'canary-nobody'])
    expect(log.includes(String(word)), String(word)).toBe(false);
  expect(log).not.toContain('金丝雀');
});
