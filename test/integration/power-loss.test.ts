import { expect, test, vi } from 'vitest';
import { cutPower } from '../sync/power/cuts.ts';
import { failDisk } from '../sync/power/faults.ts';

// Each starts processes and goes through hundreds of files; the machine may be busy with other things.
vi.setConfig({ testTimeout: 180_000 });

test.each([
  ['as the app keeps it', 'sound'],
  ['in the replica alone, without the side file of its outbox', 'alone'],
] as const)(
  'what was acknowledged outlives a power cut at any moment %s, and the file opens whole',
  async (_, flaw) => {
    const { examples, ...report } = await cutPower(flaw, 100, 1);
    expect(examples).toEqual([]);
    expect(report).toMatchObject({ cuts: 100, lost: 0, cutsWithLoss: 0, cutsWithProblems: 0 });
    expect(report.acknowledged).toBeGreaterThan(100 * 10);
  },
);

test.each([
  ['a replica that only syncs at checkpoints', 'normal'],
  ['a writer that tells before it has committed', 'early'],
  ['a disk that says "synced" and does nothing', 'lies'],
] as const)('%s is caught losing what was acknowledged', async (_, flaw) => {
  const report = await cutPower(flaw, 20, 1);
  expect(report.cuts).toBe(20);
  expect(report.lost).toBeGreaterThan(0);
});

test('a full or failing disk refuses clearly wherever it strikes, loses nothing, and the replica goes on when it is well', async () => {
  const report = await failDisk('desk', 7, 211);
  expect(report.problems).toEqual([]);
  expect(report.struck).toBeGreaterThan(20);
  expect(report.refused).toBeGreaterThan(10);
  expect(report.kinds).toMatchObject({ diskFull: expect.any(Number), diskFailing: expect.any(Number) });
});

test('the writer with its loop goes on by itself after a full or failing disk, wherever it strikes', async () => {
  const report = await failDisk('loop', 7, 121);
  expect(report.problems).toEqual([]);
  expect(report.struck).toBeGreaterThan(20);
  expect(report.blocked).toBeGreaterThan(2);
  // Blocked by the disk it tries again every minute.
  expect(report.slowestSeconds).toBeLessThanOrEqual(60);
});
