import { parseArgs } from 'node:util';
import { damageMany } from './run.ts';
import { outcomes } from './trial.ts';

// npm run simulate -- --damage [--runs 1000] [--seed 1] [--json]: damages to the real replica's files. Exit code 1: a command was lost, sent twice or
// invented, or a replica was not made anew as the server has it; 2: bad options.
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
if (![runs, seed].every((one) => Number.isSafeInteger(one) && one >= 1)) {
  process.stderr.write('npm run simulate -- --damage [--runs 1000] [--seed 1] [--json]\n');
  process.exitCode = 2;
} else {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      stopping = true;
    });
  const report = await damageMany(seed, runs, ({ seed: own, damage, problems }) => {
    if (problems.length > 0) {
      process.stderr.write(
        `seed ${own}, ${damage.target} ${damage.kind} ${damage.where}: ${problems.slice(0, 3).join('; ')}\n`,
      );
      process.stderr.write(`replay: npm run simulate -- --damage --runs 1 --seed ${own}\n`);
    }
    return !stopping;
  });
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else {
    const { byKind, byOutcome, ...rest } = report;
    for (const [name, value] of Object.entries(rest)) process.stdout.write(`${name.padEnd(28)} ${String(value)}\n`);
    const line = (name: string, counts: Partial<Record<string, number>>) =>
      `| ${[name, ...outcomes.map((outcome) => counts[outcome] ?? 0)].join(' | ')} |\n`;
    process.stdout.write(`\n| damage | ${outcomes.join(' | ')} |\n|---|${'---|'.repeat(outcomes.length)}\n`);
    for (const [name, counts] of Object.entries(byKind)) process.stdout.write(line(name, counts));
    process.stdout.write(line('all', byOutcome));
  }
  process.exitCode = report.failed.length === 0 && !stopping ? 0 : 1;
}
