import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockMs } from '../../central/db/accounts.ts';
import { accessLifeMs, refreshLifeMs } from '../../central/db/tokens.ts';
import type { RunningCentral } from '../../central/server.ts';
import { sourceSchema } from '../../shared/model/codes.ts';
import { renewalEchoMs } from '../../shared/protocol/auth.ts';
import { protocolHeader, protocolVersion, serverTimeHeader } from '../../shared/protocol/version.ts';
import { ask, Desk } from '../builders/http-client.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { evening, password, type SetClock, startSmallCounty } from '../builders/small-county.ts';

let postgres: TestPostgres;
let central: RunningCentral & { clock: SetClock };

beforeAll(async () => {
  postgres = await startTestPostgres();
  central = await startSmallCounty(await postgres.database(), []);
});
afterAll(async () => {
  await central?.close();
  await postgres?.close();
});
beforeEach(() => {
  central.clock.at = evening;
});

const login = (username: string, secret: string) =>
  ask(central.url, '/auth/login', { username, password: secret, workstation: 'desk-1' });

const refresh = (refreshToken: unknown) => ask(central.url, '/auth/refresh', { refreshToken });
const counts = async (accessToken: unknown) =>
  (await ask(central.url, '/sync/changes?cursor=0', undefined, { authorization: `Bearer ${accessToken}` })).status ===
  200;
const ended = { status: 401, body: { kind: 'sessionExpired' } };

describe('a renewal', () => {
  it('whose answer was lost can be asked for again, also twice, and the last answer goes on', async () => {
    const { session } = await Desk.signIn(central.url);
    const lost = [await refresh(session.refreshToken), await refresh(session.refreshToken)];
    expect(lost.map((answer) => answer.status)).toEqual([200, 200]);
    const heard = await refresh(session.refreshToken);
    const next = await refresh(heard.body.refreshToken);
    expect(next.status).toBe(200);
    expect(await counts(next.body.accessToken)).toBe(true);
  });

  it('with a token whose successor is in use ends the session for thief and owner', async () => {
    const { session } = await Desk.signIn(central.url);
    const next = await refresh(session.refreshToken);
    const newest = await refresh(next.body.refreshToken);
    central.clock.at += renewalEchoMs + 1;
    expect(await refresh(session.refreshToken)).toMatchObject(ended);
    for (const token of [next.body.refreshToken, newest.body.refreshToken])
      expect(await refresh(token)).toMatchObject(ended);
    for (const token of [session.accessToken, next.body.accessToken, newest.body.accessToken])
      expect(await counts(token)).toBe(false);
  });

  it('that the line brings once more, late, ends nothing: its successor is in use and goes on', async () => {
    const { session } = await Desk.signIn(central.url);
    const next = await refresh(session.refreshToken);
    const newest = await refresh(next.body.refreshToken);
    central.clock.at += renewalEchoMs;
    expect((await refresh(session.refreshToken)).status).toBe(200);
    expect(await counts(newest.body.accessToken)).toBe(true);
    expect((await refresh(newest.body.refreshToken)).status).toBe(200);
  });

  it('that comes again so soon makes two holders at most, who are found out as ever; each may be the owner', async () => {
    const { session } = await Desk.signIn(central.url);
    const newest = await refresh((await refresh(session.refreshToken)).body.refreshToken);
    const echo = await refresh(session.refreshToken);
    central.clock.at += renewalEchoMs + 1;
    const going = await refresh(echo.body.refreshToken);
    expect(going.status).toBe(200);
    expect(await refresh(newest.body.refreshToken)).toMatchObject(ended);
    expect(await refresh(going.body.refreshToken)).toMatchObject(ended);
  });

  it('by two holders of one token goes on for one and ends for both as soon as the second shows', async () => {
    const { session } = await Desk.signIn(central.url);
    const [owner, thief] = [await refresh(session.refreshToken), await refresh(session.refreshToken)];
    const going = await refresh(owner.body.refreshToken);
    expect(going.status).toBe(200);
    expect(await refresh(thief.body.refreshToken)).toMatchObject(ended);
    expect(await refresh(going.body.refreshToken)).toMatchObject(ended);
  });

  it('asked for many times at once is answered each time', async () => {
    const { session } = await Desk.signIn(central.url);
    const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(session.refreshToken)));
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 200));
  });

  it('that ends one session leaves the same operator’s other workstation alone', async () => {
    const [here, there] = [await Desk.signIn(central.url), await Desk.signIn(central.url)];
    await refresh((await refresh(here.session.refreshToken)).body.refreshToken);
    central.clock.at += renewalEchoMs + 1;
    expect(await refresh(here.session.refreshToken)).toMatchObject(ended);
    expect((await refresh(there.session.refreshToken)).status).toBe(200);
  });
});

describe('signing in', () => {
  it('the right password gives tokens and says who one is', async () => {
    const answer = await login('clerk', password);
    expect(answer.body.operator).toMatchObject({ username: 'clerk', role: 'townClerk', townCode: '350322100' });
    expect(answer.body.accessExpiresAt).toBe(evening + accessLifeMs);
  });

  it('a wrong password and an unknown name get the same answer', async () => {
    for (const username of ['dispatcher', 'nobody'])
      expect(await login(username, 'wrong')).toMatchObject({ status: 401, body: { kind: 'wrongPassword' } });
  });

  it('five wrong passwords lock the account for ten minutes, also for the right one', async () => {
    for (let n = 0; n < 4; n += 1) expect((await login('admin', 'wrong')).status).toBe(401);
    expect(await login('admin', 'wrong')).toMatchObject({ status: 423, body: { kind: 'accountLocked' } });
    expect(await login('admin', password)).toMatchObject({ status: 423, body: { kind: 'accountLocked' } });
    central.clock.at = evening + lockMs;
    expect((await login('admin', password)).status).toBe(200);
  });

  it('an expired token is told apart from none', async () => {
    const desk = await Desk.signIn(central.url);
    expect((await desk.get('/sync/changes?cursor=0')).status).toBe(200);
    central.clock.at = evening + accessLifeMs;
    expect(await desk.get('/sync/changes?cursor=0')).toMatchObject({ status: 401, body: { kind: 'sessionExpired' } });
    expect(await ask(central.url, '/sync/changes?cursor=0', undefined)).toMatchObject({
      status: 401,
      body: { kind: 'notSignedIn' },
    });
  });

  it('a refresh token counts for thirty days', async () => {
    const { session } = await Desk.signIn(central.url);
    const next = await refresh(session.refreshToken);
    expect(next.status).toBe(200);
    central.clock.at = evening + refreshLifeMs;
    expect((await refresh(String(next.body.refreshToken))).status).toBe(401);
  });

  it('after signing out no token of the session counts', async () => {
    const desk = await Desk.signIn(central.url);
    expect((await ask(central.url, '/auth/logout', {}, desk.headers)).status).toBe(204);
    expect((await desk.get('/sync/changes?cursor=0')).status).toBe(401);
    expect((await ask(central.url, '/auth/refresh', { refreshToken: desk.session.refreshToken })).status).toBe(401);
  });

  it('no secret is stored as it is', async () => {
    const { session } = await Desk.signIn(central.url);
    const stored = await central.pool.query(
      'SELECT hash AS text FROM token UNION ALL SELECT password_hash FROM account',
    );
    const texts = stored.rows.map((row) => String(row.text));
    for (const secret of [session.accessToken, session.refreshToken, password])
      expect(texts.some((text) => text.includes(secret))).toBe(false);
    expect(texts.filter((text) => text.startsWith('$argon2id$'))).toHaveLength(3);
  });
});

describe('the protocol', () => {
  it('a workstation that is too old or too new is told so before anything else', async () => {
    const asOf = (version: number) =>
      ask(central.url, '/sync/changes', undefined, { [protocolHeader]: String(version) });
    expect(await asOf(0)).toMatchObject({ status: 426, body: { kind: 'protocolTooOld' } });
    expect(await asOf(protocolVersion + 1)).toMatchObject({ status: 426, body: { kind: 'protocolTooNew' } });
    expect((await asOf(protocolVersion)).status).toBe(401);
  });

  it('every answer carries the server’s time, also a refusal and a stream', async () => {
    const desk = await Desk.signIn(central.url);
    const paths = ['/health', '/nowhere', '/sync/changes', '/sync/changes?cursor=0', '/sync/snapshot'];
    for (const path of paths) expect((await desk.get(path)).headers.get(serverTimeHeader), path).toBe(String(evening));
  });

  it('who answers and which data set it holds can be asked without signing in', async () => {
    const health = await ask(central.url, '/health', undefined);
    expect(health.body).toMatchObject({
      ok: true,
      product: 'xianyou-central',
      protocol: protocolVersion,
      serverTime: evening,
    });
  });

  it('what is no JSON, and what is nowhere, gets a problem body', async () => {
    const broken = await fetch(`${central.url}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"username":',
    });
    expect(broken.status).toBe(400);
    expect(await broken.json()).toMatchObject({ kind: 'badArguments', field: 'body' });
    expect(await ask(central.url, '/nowhere', undefined)).toMatchObject({ status: 404, body: { field: 'path' } });
  });

  it('the interface is documented at /docs: every address that is served, and none that is not', async () => {
    const document = await ask(central.url, '/docs/json', undefined);
    const documented = Object.entries(document.body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    // The document names each source of the intake; the server reads it from the path.
    const asServed = documented.map((one) => one.replace(/^POST \/intake\/\w+$/, 'POST /intake/:source'));
    expect([...new Set(asServed)].sort()).toEqual([...central.endpoints].sort());
    expect(documented.filter((one) => one.startsWith('POST /intake/'))).toHaveLength(sourceSchema.options.length);
  });
});
