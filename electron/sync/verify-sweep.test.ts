import { expect, test } from 'vitest';
import { Failure } from '../../shared/errors.ts';
import { begin, db, live, loop, server, status, timers, until } from './loop.test-support.ts';

/** Instants at which a comparison began, by the hand clock. */
function watchRounds(): number[] {
  const rounds: number[] = [];
  server.onRange = ({ table, from }) => {
    if (table === 'setting' && from === '') rounds.push(timers.now);
    return { state: 'equal' };
  };
  return rounds;
}
/** Turns the clock on and lets what became due come to its rest. */
async function pass(ms: number): Promise<void> {
  timers.turn(ms);
  for (let n = 0; n < 50; n += 1) await new Promise((done) => setImmediate(done));
}

test('everything is compared soon after coming live, and again every eight minutes', async () => {
  const rounds = watchRounds();
  begin();
  await live();
  const start = timers.now;
  await pass(9_999);
  expect(rounds).toEqual([]);
  await pass(1);
  await pass(479_999);
  expect(rounds).toEqual([start + 10_000]);
  await pass(1);
  expect(rounds).toEqual([start + 10_000, start + 490_000]);
  await until((one) => one.verifiedAt === start + 490_000);
});

test('with the line down nothing is compared; when it is back the comparison goes on', async () => {
  const rounds = watchRounds();
  begin();
  await live();
  server.breakLine();
  await until((one) => one.state === 'offline');
  await pass(600_000);
  expect(rounds).toEqual([]);
  server.up = true;
  loop.syncNow();
  await live();
  await pass(10_000);
  expect(rounds).toHaveLength(1);
});

test('a server that cannot compare disturbs nothing, and is asked again a minute later', async () => {
  begin();
  await live();
  let asked = 0;
  server.onRange = () => {
    asked += 1;
    throw new Failure('badArguments', 'no such address', { detail: 'path' });
  };
  await pass(10_000);
  expect([asked, status.state]).toEqual([1, 'live']);
  await pass(59_999);
  expect(asked).toBe(1);
  const rounds = watchRounds();
  await pass(1);
  expect(rounds).toHaveLength(1);
  expect(status.state).toBe('live');
});

test('what is repaired is told to the screen and counted, and the contents of everything are looked at right after', () =>
  repairAndLookAtContents(0));

test('contents are looked at after a repair also when the server’s clock is set back by hours in between', () =>
  repairAndLookAtContents(-9 * 3_600_000));

async function repairAndLookAtContents(jumpMs: number): Promise<void> {
  begin();
  await live();
  db.run(`DELETE FROM cases WHERE id = 'b'`);
  const lost = server.snapshotLines.flatMap((line) => (line.t === 'row' && line.data.id === 'b' ? [line.data] : []));
  const modes = new Set<string>();
  server.onRange = ({ table, rows }, mode) => {
    modes.add(mode);
    return table === 'case' && rows === 2
      ? {
          state: 'differs',
          upTo: null,
          rows: [
            ['a', 1],
            ['b', 1],
            ['c', 1],
          ],
        }
      : { state: 'equal' };
  };
  server.onRows = () => lost;
  await pass(10_000);
  await pass(1000);
  await until((one) => one.repairedRows === 1);
  expect(db.column('SELECT id FROM cases ORDER BY id')).toEqual(['a', 'b', 'c']);
  await until((one) => one.verifiedAt !== null);
  loop.clock.read({ server: timers.now + jumpMs, sentAt: timers.now, receivedAt: timers.now });
  for (let second = 0; second < 30; second += 1) await pass(1000);
  expect([...modes]).toEqual(['revisions', 'content']);
}
