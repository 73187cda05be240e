import { expect, test } from 'vitest';
import { runReal } from '../sync/real/suite.ts';

/** As many as fit into the time that the gate gives this file; `npm run simulate -- --real` is the long proof. */
const runs = 6;

test('real processes through a failing line, killed at any moment: each acknowledged command counts once or stands refused, in order, and replicas end equal to the server', async () => {
  const failing: string[] = [];
  const report = await runReal({
    // Seed 10 kills the central server too.
    first: 5,
    runs,
    cases: 100,
    onResult: ({ seed, problems }) => {
      for (const { promise, text } of problems.slice(0, 1))
        failing.push(`npm run simulate -- --real --runs 1 --seed ${seed}: ${promise}: ${text}`);
      return true;
    },
  });
  expect(failing).toEqual([]);
  expect(report.runs).toBe(runs);
  // Runs in which nothing happens prove nothing.
  expect(report.acknowledged).toBeGreaterThan(runs * 4);
  for (const fault of ['killDesk', 'killCentral', 'partition', 'elsewhere'])
    expect(report.faults[fault] ?? 0, fault).toBeGreaterThan(0);
}, 240_000);
