import { createRequire } from 'node:module';
import { join } from 'node:path';
import { startChild } from './local/child.ts';
import { projectRoot } from './runtime/places.ts';
import { sayOnTerminal as say } from './runtime/progress.ts';

// npm run simulate -- [--runs 500] [--seed 1] [--json]: the deterministic simulator of the synchronisation. It lies with the tests
// and runs as a process of its own; its standard output is only the report. Exit code 1: a schedule broke a promise, 2: bad options.

const tsx = createRequire(import.meta.url).resolve('tsx');
// With --power: power cuts and failing disks below the real replica; with --damage: damaged files; with --real: real processes
// through a fault proxy. Each has options of its own.
const given = process.argv.slice(2);
const proofs = ['power', 'damage', 'real'];
const args = given.filter((one) => !proofs.includes(one.replace(/^--/, '')));
const folder = proofs.find((name) => given.includes(`--${name}`)) ?? 'simulator';
const file = join(projectRoot, 'test', 'sync', folder, 'main.ts');
const child = startChild(process.execPath, ['--import', tsx, file, ...args], {
  cwd: projectRoot,
  env: process.env,
  onStdout: (line) => process.stdout.write(`${line}\n`),
  onStderr: say,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    child.stop('SIGTERM', 10_000).catch((error: unknown) => say(String(error)));
  });
const how = await child.ended;
process.exitCode = typeof how === 'number' ? how : 1;
