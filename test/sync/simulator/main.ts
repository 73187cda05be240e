import { parseArgs } from 'node:util';
import { simulate } from './run.ts';

// npm run simulate -- [--runs 500] [--seed 1] [--json]: schedules from the seed on. Exit code 1 when one breaks a promise.
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
if (!Number.isSafeInteger(runs) || runs < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('npm run simulate -- [--runs 500] [--seed 1] [--json]\n');
  process.exitCode = 2;
} else {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      stopping = true;
    });
  const report = await simulate(seed, runs, ({ seed: own, problems, log, hash }) => {
    if (problems.length > 0) {
      // One schedule alone is a replay: its whole log is wanted. Of many, the line that replays it.
      if (runs === 1) process.stderr.write(`${log.join('\n')}\n`);
      process.stderr.write(`seed ${own}, log ${hash.slice(0, 12)}: ${problems.slice(0, 3).join('; ')}\n`);
      process.stderr.write(`replay: npm run simulate -- --runs 1 --seed ${own}\n`);
    }
    return !stopping;
  });
  const { faults, seeds, ...rest } = report;
  const figures = Object.entries({ ...rest, seeds: seeds.join(' '), ...faults });
  const table = figures.map(([name, value]) => `${name.padEnd(20)} ${String(value)}\n`).join('');
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : table);
  process.exitCode = report.failed === 0 && !stopping ? 0 : 1;
}
