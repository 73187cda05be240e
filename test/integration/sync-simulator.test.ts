import { expect, test } from 'vitest';
import { simulate } from '../sync/simulator/run.ts';
import type { ScheduleResult } from '../sync/simulator/schedule.ts';

test('whatever becomes of line, server and process, every acknowledged command counts once or stands refused, in order, and all replicas end equal to the server', async () => {
  const broken: string[] = [];
  const { runs, commands, faults } = await simulate(1, 70, ({ seed, problems }) => {
    if (problems.length > 0) broken.push(`npm run simulate -- --runs 1 --seed ${seed}: ${problems[0]}`);
    return true;
  });
  expect(broken).toEqual([]);
  // A schedule in which nothing happens proves nothing.
  expect(commands).toBeGreaterThan(runs * 10);
  for (const [kind, times] of Object.entries(faults)) expect(times, kind).toBeGreaterThan(0);
});

test('a schedule is replayed by its seed, event by event', async () => {
  const logOf = async (seed: number) => {
    const results: ScheduleResult[] = [];
    await simulate(seed, 1, (result) => results.push(result) > 0);
    return results[0];
  };
  const [first, again, other] = [await logOf(7), await logOf(7), await logOf(8)];
  expect(first?.log.length).toBeGreaterThan(100);
  expect(again?.hash).toBe(first?.hash);
  expect(other?.hash).not.toBe(first?.hash);
});
