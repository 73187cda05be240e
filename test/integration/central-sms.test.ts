import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClock } from '../../central/clock.ts';
import { createLogger } from '../../central/logger.ts';
import { createCentral, type RunningCentral } from '../../central/server.ts';
import { createFileProvider } from '../../central/sms/file-provider.ts';
import { createHttpProvider } from '../../central/sms/http-provider.ts';
import type { SmsProvider } from '../../central/sms/provider.ts';
import { Desk } from '../builders/http-client.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { evening, openCase, persons, startSmallCounty } from '../builders/small-county.ts';

let postgres: TestPostgres;
let central: RunningCentral;
let gateway: Server | null = null;

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterEach(async () => {
  await central?.close();
  gateway?.close();
  gateway = null;
});
afterAll(async () => {
  await postgres?.close();
});

/** A server on a new county whose retries wait milliseconds instead of seconds. */
async function start(smsProvider: SmsProvider | null): Promise<string> {
  const url = await postgres.database();
  central = await startSmallCounty(url, [openCase('A')], {
    smsProvider,
    clock: createClock(evening),
    smsRetryBaseMs: 5,
  });
  return url;
}

interface State {
  person_id: string;
  state: string;
  failure: string | null;
  attempts: number;
}
async function states(): Promise<State[]> {
  const found = await central.pool.query<State>('SELECT person_id, state, failure, attempts FROM message ORDER BY id');
  return found.rows;
}

/** Resolves at the first revision at which the messages are as wanted. */
async function until(wanted: (rows: State[]) => boolean): Promise<State[]> {
  return new Promise((resolve, reject) => {
    const look = () => {
      states().then((rows) => {
        if (!wanted(rows)) return;
        unsubscribe();
        resolve(rows);
      }, reject);
    };
    const unsubscribe = central.hub.subscribe(look);
    look();
  });
}

async function urge(recipientIds: string[]): Promise<void> {
  const desk = await Desk.signIn(central.url);
  const args = { degree: 'red', recipientIds, note: '请今晚反馈' };
  const [result] = await desk.send(desk.command('A', 'urgeResponsibles', args));
  expect(result).toMatchObject({ status: 'accepted' });
}

/** A gateway that answers with these statuses in turn, the last one for ever. */
async function startGateway(statuses: number[], body = '{}'): Promise<{ url: string; keys: string[] }> {
  const keys: string[] = [];
  gateway = createServer((request, answer) => {
    keys.push(String(request.headers['idempotency-key']));
    request.resume().on('end', () => {
      answer.statusCode = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 500;
      answer.end(body);
    });
  });
  await new Promise<void>((done) => gateway?.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/sms`, keys };
}

const settled = (rows: State[]) =>
  rows.length > 0 && rows.every((row) => row.state === 'delivered' || row.state === 'failed');

describe('SMS', () => {
  it('numbers with spaces, "/" and +86 are reached, letters and no number fail by name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xianyou-sms-'));
    await start(createFileProvider(folder));
    await urge(Object.values(persons).map((person) => person.id));
    const rows = await until(settled);
    expect(Object.fromEntries(rows.map((row) => [row.person_id, row.failure ?? row.state]))).toEqual({
      'person-plain': 'delivered',
      'person-spaced': 'delivered',
      'person-slash': 'delivered',
      'person-country': 'delivered',
      'person-letters': 'invalidNumber',
      'person-none': 'noNumber',
    });
    const sent = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
    expect(sent.map((sms) => sms.phone).sort()).toEqual(['16112345670', '16112345672', '16112345678', '16112345679']);
    expect(sent[0].text).toContain('枫亭镇秀峰村');
    expect(sent[0].text).toContain('请今晚反馈');
  });

  it('every state is a revision of its own: queued, sent, delivered', async () => {
    let deliver: () => void = () => undefined;
    let provider: SmsProvider | null = null;
    // The attempt itself is no revision: whoever waits for it waits for the gateway to be asked.
    const asked = new Promise<void>((isAsked) => {
      const send = () =>
        new Promise<{ outcome: 'sent'; delivered: boolean }>((done) => {
          deliver = () => done({ outcome: 'sent', delivered: true });
          isAsked();
        });
      provider = { send };
    });
    await start(provider);
    const before = central.hub.latest();
    await urge([persons.plain.id]);
    await asked;
    expect(await states()).toMatchObject([{ state: 'queued' }]);
    deliver();
    await until((rows) => rows[0]?.state === 'delivered');
    expect(central.hub.latest() - before).toBe(3);
  });

  it('an unreachable gateway is tried again with the same key until it takes the message', async () => {
    const { url, keys } = await startGateway([503, 500, 429, 200], '{"delivered":true}');
    await start(createHttpProvider(url));
    await urge([persons.plain.id]);
    const [row] = await until(settled);
    expect(row).toMatchObject({ state: 'delivered', attempts: 4, failure: null });
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(1);
  });

  it('a gateway that refuses is not asked again', async () => {
    const { url, keys } = await startGateway([400]);
    await start(createHttpProvider(url));
    await urge([persons.plain.id]);
    expect(await until(settled)).toMatchObject([{ state: 'failed', failure: 'providerRefused', attempts: 1 }]);
    expect(keys).toHaveLength(1);
  });

  it('after its last try a message fails by name instead of waiting for ever', async () => {
    await start({ send: async () => ({ outcome: 'unreachable' }) });
    await urge([persons.plain.id]);
    expect(await until(settled)).toMatchObject([{ state: 'failed', failure: 'providerUnreachable', attempts: 6 }]);
  });

  it('what was queued before a restart is sent after it', async () => {
    const databaseUrl = await start(null);
    await urge([persons.plain.id]);
    expect(await states()).toMatchObject([{ state: 'queued' }]);
    await central.close();
    const smsProvider: SmsProvider = { send: async () => ({ outcome: 'sent', delivered: false }) };
    central = await createCentral({
      databaseUrl,
      smsProvider,
      clock: createClock(evening + 1000),
      log: createLogger('silent'),
    });
    expect(await until((rows) => rows[0]?.state === 'sent')).toMatchObject([{ attempts: 1 }]);
  });
});
