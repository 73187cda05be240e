import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from '../../scripts/local/build.ts';
import type { Scope } from '../../scripts/local/scope.ts';
import { ensureRuntime } from '../../scripts/provision.ts';
import { sayOnTerminal as say } from '../../scripts/runtime/progress.ts';
import { ensureDisplay } from '../../scripts/xvfb.ts';
import { openCounties } from './county.ts';
import type { Figure } from './figures.ts';
import { warmUpDesk } from './first-desk.ts';
import { measureFirstSync } from './first-sync.ts';
import { copyOfApp } from './launch.ts';
import { measureMemory } from './memory.ts';
import { measureStarts, type StartOptions } from './starts.ts';
import { runSuite } from './suite.ts';

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

async function measure(scope: Scope): Promise<{ figures: Figure[]; electron: string }> {
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
  return { figures, electron: electronVersion(runtime.electronPath) };
}

function electronVersion(electronPath: string): string {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return execFileSync(electronPath, ['-p', 'process.versions.electron'], { env, encoding: 'utf8' }).trim();
}

await runSuite('start', values.json, measure);
