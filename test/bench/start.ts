import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from '../../scripts/local/build.ts';
import { Scope } from '../../scripts/local/scope.ts';
import { ensureRuntime } from '../../scripts/provision.ts';
import { projectRoot } from '../../scripts/runtime/places.ts';
import { sayOnTerminal as say } from '../../scripts/runtime/progress.ts';
import { ensureDisplay } from '../../scripts/xvfb.ts';
import { openCounties } from './county.ts';
import { type Figure, machineOf, type Report, tableOf } from './figures.ts';
import { warmUpDesk } from './first-desk.ts';
import { measureFirstSync } from './first-sync.ts';
import { copyOfApp } from './launch.ts';
import { measureMemory } from './memory.ts';
import { measureStarts, type StartOptions } from './starts.ts';

// The suite `start`: how long the app takes to its first handled click, how fast a replica fills, what memory it takes.
// scripts/bench.ts starts it and stops it by SIGTERM.

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    runs: { type: 'string', default: '5' },
    cases: { type: 'string', default: '100000' },
    few: { type: 'string', default: '1000' },
  },
});
const runs = Number(values.runs);
const scope = new Scope();
const interrupted = new Promise<'interrupted'>((done) => {
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done('interrupted'));
});

async function main(): Promise<Report> {
  const loadBefore = loadavg()[0] ?? 0;
  const runtime = await ensureRuntime({ say });
  await ensureBuild(say);
  const display = await ensureDisplay();
  scope.defer(() => display.stop());
  const counties = await openCounties({ cases: Number(values.cases), few: Number(values.few) }, scope, say);
  const app = await copyOfApp(join(counties.folder, 'app'));
  const figures: Figure[] = await measureFirstSync({ folder: counties.folder, serverUrl: counties.large, runs }, say);
  const { electronPath } = runtime;
  const options: StartOptions = { ...counties, electronPath, app, display: display.display, runs };
  for (const name of ['large', 'small'] as const) await warmUpDesk(options, name, scope, say);
  figures.unshift(...(await measureStarts(options, scope, say)));
  figures.push(...(await measureMemory(options, scope)));
  return {
    suite: 'start',
    machine: machineOf(electronVersion(runtime.electronPath)),
    commit: execFileSync('git', ['describe', '--always', '--dirty'], { cwd: projectRoot, encoding: 'utf8' }).trim(),
    loadBefore,
    figures,
  };
}

function electronVersion(electronPath: string): string {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return execFileSync(electronPath, ['-p', 'process.versions.electron'], { env, encoding: 'utf8' }).trim();
}

let exitCode = 0;
try {
  const outcome = await Promise.race([main(), interrupted]);
  if (outcome === 'interrupted') exitCode = 130;
  else if (values.json) process.stdout.write(`${JSON.stringify(outcome)}\n`);
  else {
    const { machine, commit, loadBefore, figures } = outcome;
    const facts = `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB; Node ${machine.node}, Electron ${machine.electron}; commit ${commit}; load ${loadBefore.toFixed(1)}`;
    process.stdout.write(`${facts}\n\n${tableOf(figures)}\n`);
  }
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  exitCode = 1;
}
try {
  await scope.close();
} catch (error) {
  say(`Cleaning up did not go well: ${error instanceof Error ? error.message : String(error)}`);
  exitCode ||= 1;
}
process.exit(exitCode);
