import { lint, step, types, vitest } from './gate/stages.ts';
import { sum, totalsLine } from './gate/tally.ts';
import { ensureRuntime } from './provision.ts';

// npm run check: the quick gate before a commit. Types, lint, architecture and unit tests, which need SQLite.
const tallies = [await step('Runtime', () => ensureRuntime()), await types(), await lint(), await vitest('unit')];
const total = sum(tallies);
process.stdout.write(`\n${totalsLine(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
