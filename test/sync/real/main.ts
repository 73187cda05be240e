import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { markdownOf } from './report.ts';
import { runReal } from './suite.ts';

// npm run simulate -- --real: real processes through a fault proxy. Exit code 1: a promise broke, 2: bad options.
const usage = 'npm run simulate -- --real [--runs 300] [--seed 1] [--cases 300] [--json] [--report FILE]\n';
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    cases: { type: 'string', default: '300' },
    json: { type: 'boolean', default: false },
    report: { type: 'string' },
  },
});
const [runs, first, cases] = [Number(values.runs), Number(values.seed), Number(values.cases)];
const say = (text: string) => process.stderr.write(`${text}\n`);
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    stopping = true;
  });

if (![runs, first, cases].every((one) => Number.isSafeInteger(one) && one >= 1)) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const report = await runReal({
    first,
    runs,
    cases,
    onResult: ({ seed, problems, convergeMs, acknowledged }, troubles) => {
      const took = convergeMs === null ? 'never' : `${Math.round(convergeMs)} ms`;
      say(`seed ${seed}: ${acknowledged} commands, in step after ${took}`);
      for (const { promise, text } of problems.slice(0, 5)) say(`  ${promise}: ${text}`);
      if (problems.length > 0)
        say(`  npm run simulate -- --real --runs 1 --seed ${seed}\n${troubles.slice(-20).join('\n')}`);
      return !stopping;
    },
  });
  if (values.report !== undefined) writeFileSync(values.report, markdownOf(report));
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : markdownOf(report));
  process.exitCode = report.failed === 0 && report.runs === runs ? 0 : 1;
}
