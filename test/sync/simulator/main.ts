import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { mutants } from '../mutants/mutants.ts';
import { mutantsText } from '../mutants/report.ts';
import { runMutants } from '../mutants/run-mutants.ts';
import { variations } from '../mutants/variations.ts';
import { Pool } from './pool.ts';
import { reportText } from './report.ts';
import type { ScheduleResult } from './schedule.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulate.ts';

// npm run simulate: schedules from a seed on, or with --mutants the proof that they see what they should. Exit code 1: a promise broke.
const usage = `npm run simulate -- [--runs 500] [--seed 1] [--jobs 2] [--keep 3,7,9] [--variation name] [--report file] [--json]
npm run simulate -- --mutants [--only name,name] [--jobs 2] [--report file] [--json]\n`;
const say = (text: string) => process.stderr.write(`${text}\n`);

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    keep: { type: 'string' },
    variation: { type: 'string', default: '' },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string' },
    report: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [runs, seed, jobs] = [Number(values.runs), Number(values.seed), Number(values.jobs)];
const keep = values.keep === undefined ? null : values.keep.split(',').filter(Boolean).map(Number);
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    stopping = true;
  });

if (![runs, seed, jobs, ...(keep ?? [])].every(Number.isSafeInteger) || runs < 1 || jobs < 1) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else if (values.mutants) {
  const report = await runMutants({ jobs, only: values.only?.split(',') ?? null, say, going: () => !stopping });
  const names = [...Object.keys(variations), ...mutants.map(({ name }) => name)];
  if (values.report !== undefined) writeFileSync(values.report, mutantsText(report, names));
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : `${report.caught} of ${report.mutants} caught\n`);
  process.exitCode = report.caught === report.mutants && !stopping ? 0 : 1;
} else await simulateSeeds();

async function simulateSeeds(): Promise<void> {
  const { variation } = values;
  let first: ScheduleResult | null = null;
  const onResult = (result: ScheduleResult) => {
    if (runs === 1) say(result.log.join('\n'));
    if (result.problems.length > 0) {
      const told = result.problems.slice(0, 3).map(({ promise, text }) => `${promise}: ${text}`);
      say(`seed ${result.seed}, log ${result.hash.slice(0, 12)}: ${told.join('; ')}`);
      if (!first || result.seed < first.seed) first = result;
    }
    return !stopping;
  };
  const report = await simulate({ first: seed, runs, jobs: Math.min(jobs, runs), variation, keep, onResult });
  if (first && !keep && !stopping) await reduce((first as ScheduleResult).seed);
  if (values.report !== undefined) writeFileSync(values.report, reportText(report, seed));
  const { faults, broken, seeds, drainSeconds, ...rest } = report;
  const drains = { drainP50: drainSeconds.p50, drainP99: drainSeconds.p99, drainMax: drainSeconds.max };
  const figures = Object.entries({ ...rest, seeds: seeds.join(' '), ...drains, ...broken, ...faults });
  const table = figures.map(([name, value]) => `${name.padEnd(20)} ${String(value)}\n`).join('');
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : table);
  process.exitCode = report.failed === 0 && !stopping ? 0 : 1;
}

/** Says the shortest part of a failing schedule that still fails, with the command that replays it. */
async function reduce(failing: number): Promise<void> {
  const pool = new Pool(1, values.variation);
  try {
    const broken = async (some: number[]) =>
      new Set((await pool.run({ seed: failing, keep: some, log: false })).problems.map(({ promise }) => promise));
    const { keep: left, of, runs: tried } = await shrink(failing, broken);
    const variation = values.variation === '' ? '' : ` --variation ${values.variation}`;
    say(`seed ${failing} reduced from ${of} steps to ${left.length} in ${tried} runs; replay:`);
    say(`npm run simulate -- --runs 1 --seed ${failing} --keep ${left.join(',')}${variation}`);
  } finally {
    pool.close();
  }
}
