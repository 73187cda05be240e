import { expect, test } from 'vitest';
import { mutants } from '../sync/mutants/mutants.ts';
import { broken, runMutants } from '../sync/mutants/run-mutants.ts';
import { planOf } from '../sync/simulator/plan.ts';
import { Pool } from '../sync/simulator/pool.ts';
import { shrink } from '../sync/simulator/shrink.ts';
import { simulate } from '../sync/simulator/simulate.ts';

/** As many as fit into the minute that the gate gives this file; `npm run simulate -- --runs 10000` is the long proof. */
const seeds = 100;
/**
 * Seeds beyond those that failed. A new token refused too (2391, 3875); a full disk as the session came (3135); a desk that was judged by what it could not
 * know: that a case had come to its town (2892), that the server was restored (2906); by what a process asked after its end (7136). A restore behind a line
 * that seemed to stand (7720), a clock set back between two comparisons (8772), a restore noticed while the disk was full (9609).
 */
const once = [2391, 2892, 2906, 3135, 3875, 7136, 7720, 8772, 9609];

test('whatever becomes of line, server, process and disk, every acknowledged command counts once or stands refused, in order, and all replicas end equal to the server', async () => {
  const failing: string[] = [];
  const { runs, commands, faults } = await simulate({
    first: 1,
    runs: seeds,
    jobs: 2,
    onResult: ({ seed, problems }) => {
      for (const { promise, text } of problems.slice(0, 1))
        failing.push(`npm run simulate -- --runs 1 --seed ${seed}: ${promise}: ${text}`);
      return true;
    },
  });
  expect(failing).toEqual([]);
  // A schedule in which nothing happens proves nothing.
  expect(commands).toBeGreaterThan(runs * 10);
  for (const [kind, times] of Object.entries(faults)) expect(times, kind).toBeGreaterThan(0);
}, 180_000);

test('what once went wrong in a schedule, in the product or in judging it, does not again', async () => {
  const pool = new Pool(2);
  try {
    const results = await Promise.all(once.map((seed) => pool.run({ seed, keep: null, log: false })));
    expect(results.map(({ seed, problems }) => ({ seed, problems }))).toEqual(
      once.map((seed) => ({ seed, problems: [] })),
    );
  } finally {
    pool.close();
  }
}, 60_000);

test('a schedule is replayed by its seed, event by event, also when only some of its steps are kept', async () => {
  const pool = new Pool(2);
  try {
    const hashOf = async (seed: number, keep: number[] | null = null) =>
      (await pool.run({ seed, keep, log: false })).hash;
    const [first, again, other] = await Promise.all([hashOf(7), hashOf(7), hashOf(8)]);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    const all = planOf(7).steps.map(({ n }) => n);
    expect(await hashOf(7, all)).toBe(first);
    const half = all.filter((n) => n % 2 === 0);
    expect(await hashOf(7, half)).toBe(await hashOf(7, half));
  } finally {
    pool.close();
  }
});

test('a failing schedule is reduced to the steps that make it fail', async () => {
  const needed = [3, 11];
  const breaks = async (keep: number[]) => new Set(needed.every((n) => keep.includes(n)) ? ['lost'] : []);
  const { keep, of } = await shrink(7, breaks);
  expect(of).toBeGreaterThan(25);
  expect(keep).toEqual(needed);
});

test('every mutant still finds the text it breaks', () => {
  expect(mutants.length).toBeGreaterThanOrEqual(20);
  for (const mutant of mutants) expect(broken(mutant).size, mutant.name).toBeGreaterThan(0);
});

test('broken code and a client that pulls behind its queue are caught', async () => {
  const only = ['referenceClient', 'whatWasOnItsWayIsForgotten', 'newestGoesFirst'];
  const said: string[] = [];
  const report = await runMutants({ jobs: 2, only, say: (line) => said.push(line) });
  expect(report.mutants).toBe(only.length);
  expect(report.caught, said.join('\n')).toBe(report.mutants);
}, 120_000);
