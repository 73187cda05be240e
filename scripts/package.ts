import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from './local/build.ts';
import { Scope } from './local/scope.ts';
import { fusesThatDiffer, readFuses } from './package/fuses.ts';
import { pack } from './package/pack.ts';
import { smoke } from './package/smoke.ts';
import { ensureRuntime } from './provision.ts';
import { projectRoot } from './runtime/places.ts';
import { sayOnTerminal as say, withProgress } from './runtime/progress.ts';

// npm run package: the app as a folder that runs without this checkout (or --target AppImage,deb,nsis where the internet
// can be reached), tried out before it is handed over. --no-smoke leaves the trial out; --json prints facts for programs.

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    target: { type: 'string', default: 'dir' },
    'no-smoke': { type: 'boolean' },
  },
});

async function main(scope: Scope): Promise<void> {
  const runtime = await ensureRuntime();
  await ensureBuild(say);
  const output = join(projectRoot, 'dist');
  await rm(output, { recursive: true, force: true });
  const folder = await withProgress(say, 'Packaging the app', () => pack(runtime, values.target.split(','), output));
  const executable = join(folder, process.platform === 'win32' ? 'xianyou-dispatch.exe' : 'xianyou-dispatch');
  const fuses = await readFuses(executable);
  const different = fusesThatDiffer(fuses);
  if (different.length > 0) throw new Error(`The packaged app has wrong fuses: ${different.join(', ')}`);
  if (!values['no-smoke']) {
    const shown = await smoke(executable, scope, say);
    say(`The packaged app signed in and shows ${shown} open cases`);
  }
  const sizeMB = Math.round((await sizeOf(folder)) / 1_000_000);
  const { electronVersion } = runtime;
  say(`${folder}: ${sizeMB} MB with Electron ${electronVersion}`);
  if (values.json) process.stdout.write(`${JSON.stringify({ path: folder, sizeMB, electronVersion, fuses })}\n`);
}

async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

const scope = new Scope();
try {
  await main(scope);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await scope.close();
}
process.exit();
