import { type FaultKind, faultKinds, type PromiseName, promises } from './journal.ts';
import { Pool } from './pool.ts';
import type { ScheduleResult } from './schedule.ts';

export interface SimulationReport {
  runs: number;
  failed: number;
  /** Those that failed: each replays with `npm run simulate -- --runs 1 --seed N`. */
  seeds: number[];
  /** Schedules that broke each promise. */
  broken: Record<PromiseName, number>;
  commands: number;
  faults: Record<FaultKind, number>;
  /** From healing to drained, virtual seconds. */
  drainSeconds: { p50: number; p99: number; max: number };
  /** Desks that could not notice a restore under the old name by its revisions; their rows were mended by comparing. */
  unnoticed: number;
  jobs: number;
  seconds: number;
}

export interface SimulateOptions {
  first: number;
  runs: number;
  jobs: number;
  /** Name in mutants/variations.ts; empty: the product as it is. */
  variation?: string;
  /** Tree whose sources run; without it this one. */
  root?: string;
  keep?: number[] | null;
  /** Says whether to go on. */
  onResult?(result: ScheduleResult): boolean;
}

/** Runs the schedules of the seeds `first` … `first + runs - 1`. Throws when one could not be run. */
export async function simulate(options: SimulateOptions): Promise<SimulationReport> {
  const { first, runs, jobs, onResult = () => true } = options;
  const started = performance.now();
  const zeros = <N extends string>(names: readonly N[]) =>
    Object.fromEntries(names.map((name) => [name, 0])) as Record<N, number>;
  const faults = zeros(faultKinds);
  const broken = zeros(Object.keys(promises) as PromiseName[]);
  const report = { runs: 0, failed: 0, seeds: [] as number[], broken, commands: 0, faults, unnoticed: 0, jobs };
  const drains: number[] = [];
  const take = (result: ScheduleResult) => {
    report.runs += 1;
    report.commands += result.commands;
    report.unnoticed += result.unnoticed;
    drains.push(result.drainMs / 1000);
    for (const [kind, times] of Object.entries(result.faults)) faults[kind as FaultKind] += times;
    for (const name of new Set(result.problems.map(({ promise }) => promise))) broken[name] += 1;
    if (result.problems.length > 0) {
      report.failed += 1;
      report.seeds.push(result.seed);
    }
    return onResult(result);
  };
  const pool = new Pool(jobs, options.variation, options.root);
  let next = first;
  let going = true;
  const work = async () => {
    while (going && next < first + runs) {
      const seed = next++;
      const result = await pool.run({ seed, keep: options.keep ?? null, log: runs === 1 });
      if (going) going = take(result);
    }
  };
  try {
    await Promise.all(Array.from({ length: jobs }, work));
  } finally {
    pool.close();
  }
  drains.sort((a, b) => a - b);
  const at = (share: number) => drains[Math.min(drains.length - 1, Math.floor(drains.length * share))] ?? 0;
  report.seeds.sort((a, b) => a - b);
  const drainSeconds = { p50: at(0.5), p99: at(0.99), max: at(1) };
  return { ...report, drainSeconds, seconds: Math.round((performance.now() - started) / 100) / 10 };
}
