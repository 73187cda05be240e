import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ensureAddon } from './runtime/addon.ts';
import { ensureElectron } from './runtime/electron.ts';
import type { Runtime } from './runtime/ladder.ts';
import { type Say, sayOnTerminal } from './runtime/progress.ts';
import { electronPackages, ensurePackages } from './runtime/system-packages.ts';

/**
 * Brings everything the project needs to run on this machine and is not in node_modules: system libraries, the Electron
 * runtime, the SQLite addon. (PostgreSQL comes in node_modules.) What is already right is left alone, within milliseconds.
 * Throws an Error that says what is missing when the app could not run.
 */
export async function ensureRuntime(options: { say?: Say; env?: NodeJS.ProcessEnv } = {}): Promise<Runtime> {
  const { say = sayOnTerminal, env = process.env } = options;
  await ensurePackages(electronPackages, say);
  const runtime = await ensureElectron(env, say);
  await ensureAddon(runtime, env, say);
  say(`Runtime: ${runtime.how}`);
  return runtime;
}

if (realpathSync(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  try {
    await ensureRuntime();
  } catch (error) {
    sayOnTerminal(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
