import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startChild } from './local/child.ts';
import { projectRoot } from './runtime/places.ts';
import { sayOnTerminal as say } from './runtime/progress.ts';

// npm run bench -- SUITE [--json] [--runs 5] [--cases 100000]: a suite is a file in test/bench and a process of its own, whose
// standard output (only the figures) and standard error (progress) are passed on. Ctrl-C stops it in order: nothing is left behind.

const [suite = 'start', ...args] = process.argv.slice(2);
const file = join(projectRoot, 'test', 'bench', `${suite}.ts`);
if (!/^[a-z-]+$/.test(suite) || !existsSync(file)) {
  say('npm run bench -- start [--json] [--runs 5] [--cases 100000]');
  process.exit(2);
}

const tsx = createRequire(import.meta.url).resolve('tsx');
const child = startChild(process.execPath, ['--import', tsx, file, ...args], {
  cwd: projectRoot,
  env: process.env,
  onStdout: (line) => process.stdout.write(`${line}\n`),
  onStderr: say,
});
const patienceMs = 60_000;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    say('Stopping …');
    child.stop('SIGTERM', patienceMs).catch((error: unknown) => say(String(error)));
  });
const how = await child.ended;
process.exitCode = typeof how === 'number' ? how : 1;
