import { endToEnd, lint, step, types, vitest } from './gate/stages.ts';
import { sum, type Tally, totalsLine } from './gate/tally.ts';
import { ensureBuild } from './local/build.ts';
import { ensureRuntime } from './provision.ts';
import { sayOnTerminal as say } from './runtime/progress.ts';

// npm test: everything. Every stage runs even when one before it failed; the last line has the totals.
const started = performance.now();
const tallies: Tally[] = [];
for (const stage of [
  () => step('Runtime', () => ensureRuntime()),
  types,
  lint,
  () => vitest('unit'),
  () => step('Build', () => ensureBuild(say)),
  () => vitest('integration'),
  endToEnd,
]) {
  tallies.push(await stage());
}
const total = sum(tallies);
say(`\nTook ${Math.round((performance.now() - started) / 1000)} s`);
process.stdout.write(`${totalsLine(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
