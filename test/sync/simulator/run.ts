import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWrite } from '../../../electron/db/connection.ts';
import { type FaultKind, faultKinds } from './journal.ts';
import { Schedule, type ScheduleResult } from './schedule.ts';

export interface SimulationReport {
  runs: number;
  failed: number;
  /** Those that failed: each replays with `npm run simulate -- --runs 1 --seed N`. */
  seeds: number[];
  commands: number;
  faults: Record<FaultKind, number>;
  /** Longest time from healing to drained, virtual seconds. */
  slowestDrainSeconds: number;
  seconds: number;
}

/** Runs the schedules of the seeds `first` … `first + runs - 1`, one after another; `onResult` says whether to go on. */
export async function simulate(
  first: number,
  runs: number,
  onResult: (result: ScheduleResult) => boolean = () => true,
): Promise<SimulationReport> {
  const started = performance.now();
  // No schedule proves anything about the disk, so the files may lie in memory.
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'simulator-'));
  const faults = Object.fromEntries(faultKinds.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  const report = { runs: 0, failed: 0, seeds: [] as number[], commands: 0, faults, slowestDrainSeconds: 0, seconds: 0 };
  try {
    const emptyFile = join(folder, 'empty.db');
    openWrite(emptyFile).close();
    for (let seed = first; seed < first + runs; seed += 1) {
      const own = join(folder, String(seed));
      mkdirSync(own);
      const result = await new Schedule(seed, own, emptyFile).run();
      rmSync(own, { recursive: true });
      report.runs += 1;
      report.commands += result.commands;
      report.slowestDrainSeconds = Math.max(report.slowestDrainSeconds, result.drainMs / 1000);
      for (const [kind, times] of result.faults) faults[kind] += times;
      if (result.problems.length > 0) {
        report.failed += 1;
        report.seeds.push(seed);
      }
      if (!onResult(result)) break;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { ...report, seconds: Math.round((performance.now() - started) / 100) / 10 };
}
