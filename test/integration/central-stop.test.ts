import { expect, it } from 'vitest';
import { createLogger } from '../../central/logger.ts';
import { Desk } from '../builders/http-client.ts';
import { startTestPostgres } from '../builders/postgres.ts';
import { openCase, startSmallCounty } from '../builders/small-county.ts';

it('a server that stops finishes the work of a client that has gone, and only then lets go of the database', async () => {
  const postgres = await startTestPostgres();
  let log = '';
  const central = await startSmallCounty(await postgres.database(), [openCase('A')], {
    log: createLogger('warn', {
      write: (line) => {
        log += line;
      },
    }),
  });
  const desk = await Desk.signIn(central.url);
  const begun = new Promise<void>((done) => central.hub.subscribe(() => done()));
  const commands = Array.from({ length: 100 }, (_, n) => desk.command('A', 'recordAction', { note: `处置 ${n}` }));
  const leave = new AbortController();
  const sent = fetch(`${central.url}/sync/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...desk.headers },
    body: JSON.stringify({ commands }),
    signal: leave.signal,
  }).catch(() => 'gone');
  await begun;
  leave.abort();
  expect(await sent).toBe('gone');
  const before = central.hub.latest();
  await central.close();
  expect(log).toBe('');
  const again = await startSmallCounty(central.pool.options.connectionString ?? '', []);
  const answered = await again.pool.query('SELECT count(*) AS n FROM command_result');
  expect(before).toBeLessThan(again.hub.latest());
  expect(answered.rows).toEqual([{ n: 100 }]);
  await again.close();
  await postgres.close();
});
