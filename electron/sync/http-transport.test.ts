import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { protocolHeader } from '../../shared/protocol/version.ts';
import { createHttpTransport } from './http-transport.ts';
import type { Transport } from './transport.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let server: Server;
let transport: Transport;
/** Fires the longest planned silence. */
let fallSilent: () => void;
let asked: (response: ServerResponse) => void;

beforeEach(async () => {
  asked = () => undefined;
  server = createServer((_, response) => {
    response.setHeader(protocolHeader, '1');
    asked(response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  fallSilent = () => undefined;
  transport = createHttpTransport({
    serverUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock: { now: () => 0 },
    onServerTime: () => undefined,
    timers: {
      after(_, call) {
        fallSilent = call;
        return () => undefined;
      },
    },
  });
  return () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
});
afterEach(collectGarbage);

/** A notice stream on which one sign has come; memory has been collected since. */
async function oldStream(signal: AbortSignal): Promise<{ ended: Promise<void> }> {
  asked = (response) => response.write(': heartbeat\n\n');
  let sign: () => void = () => undefined;
  const signed = new Promise<void>((done) => {
    sign = done;
  });
  const stream = transport.notices('t', { revision: () => undefined, operator: () => undefined, sign }, signal);
  stream.catch(() => undefined);
  await signed;
  for (let n = 0; n < 5; n += 1) {
    await new Promise((done) => setImmediate(done));
    collectGarbage();
  }
  return { ended: stream };
}

describe('a request', () => {
  test('that is broken off ends, however long its answer has been streaming', async () => {
    const line = new AbortController();
    const { ended } = await oldStream(line.signal);
    line.abort();
    await expect(ended).rejects.toMatchObject({ kind: 'cancelled' });
  });

  test('whose server falls silent ends, however long its answer has been streaming', async () => {
    const { ended } = await oldStream(new AbortController().signal);
    fallSilent();
    await expect(ended).rejects.toMatchObject({ kind: 'timeout' });
  });

  test('that is never answered ends with the silence', async () => {
    const arrived = new Promise<void>((done) => {
      asked = () => done();
    });
    const answer = transport.health(new AbortController().signal);
    answer.catch(() => undefined);
    await arrived;
    collectGarbage();
    fallSilent();
    await expect(answer).rejects.toMatchObject({ kind: 'timeout' });
  });
});
