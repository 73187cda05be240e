import { expect, test } from 'vitest';
import { damageMany } from '../sync/damage/run.ts';

test('whatever becomes of the replica’s file or its log, every waiting or refused command is kept, arrives once and in order, and a file that is made anew ends as the server has it', async () => {
  const broken: string[] = [];
  const { runs, byOutcome, neededSideFile } = await damageMany(1, 40, ({ seed, problems }) => {
    if (problems.length > 0) broken.push(`npm run simulate -- --damage --runs 1 --seed ${seed}: ${problems[0]}`);
    return true;
  });
  expect(broken).toEqual([]);
  // Damages that nothing notices, and that cost no command without the side file, would prove nothing.
  expect(runs).toBe(40);
  expect(byOutcome.start).toBeGreaterThan(5);
  expect(byOutcome.sync + byOutcome.query + byOutcome.check).toBeGreaterThan(3);
  expect(neededSideFile).toBeGreaterThan(20);
}, 120_000);
