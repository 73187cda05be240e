import { performance } from 'node:perf_hooks';
import { RealCounty } from './county.ts';
import type { Problem } from './oracle.ts';
import { planOf } from './plan.ts';
import { type RunResult, runOnce } from './run.ts';

export interface RealReport {
  runs: number;
  firstSeed: number;
  failed: number;
  /** Commands that desks acknowledged, and what the server made of what reached it. */
  acknowledged: number;
  accepted: number;
  rejected: number;
  takenBack: number;
  faults: Record<string, number>;
  convergeMs: { p50: number; p99: number; max: number };
  seconds: number;
  problems: (Problem & { seed: number })[];
}

/** Runs seeds from `first` on against one central server. `onResult` answers whether to go on. */
export async function runReal(options: {
  first: number;
  runs: number;
  cases: number;
  onResult(result: RunResult, troubles: readonly string[]): boolean;
}): Promise<RealReport> {
  const started = performance.now();
  const county = await RealCounty.open(options.cases);
  const results: RunResult[] = [];
  try {
    for (let n = 0; n < options.runs; n += 1) {
      county.troubles.length = 0;
      const result = await runOnce(county, planOf(options.first + n));
      results.push(result);
      if (!options.onResult(result, county.troubles)) break;
    }
  } finally {
    await county.close();
  }
  return { ...sum(results, options.first), seconds: Math.round((performance.now() - started) / 1000) };
}

function sum(results: readonly RunResult[], firstSeed: number): Omit<RealReport, 'seconds'> {
  const faults: Record<string, number> = {};
  for (const result of results)
    for (const [fault, times] of Object.entries(result.faults)) faults[fault] = (faults[fault] ?? 0) + times;
  const converge = results.map(({ convergeMs }) => convergeMs ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const at = (share: number) => Math.round(converge[Math.max(0, Math.ceil(converge.length * share) - 1)] ?? 0);
  const total = (key: 'acknowledged' | 'accepted' | 'rejected' | 'takenBack') =>
    results.reduce((all, result) => all + result[key], 0);
  return {
    runs: results.length,
    firstSeed,
    failed: results.filter(({ problems }) => problems.length > 0).length,
    acknowledged: total('acknowledged'),
    accepted: total('accepted'),
    rejected: total('rejected'),
    takenBack: total('takenBack'),
    faults,
    convergeMs: { p50: at(0.5), p99: at(0.99), max: at(1) },
    problems: results.flatMap(({ seed, problems }) => problems.map((problem) => ({ seed, ...problem }))),
  };
}
