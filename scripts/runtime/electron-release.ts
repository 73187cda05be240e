import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { download } from './download.ts';
import { integrityFromHex } from './integrity.ts';
import type { Rung } from './ladder.ts';
import { unzip } from './unzip.ts';

const require = createRequire(import.meta.url);
const electronPackage = dirname(require.resolve('electron/package.json'));

/** The Electron version the project pins: that of the npm package `electron`. */
export const pinnedElectronVersion: string = readJson(join(electronPackage, 'package.json')).version;

/**
 * Electron's own release for this machine, from GitHub or from ELECTRON_MIRROR (in China:
 * https://npmmirror.com/mirrors/electron/), verified against the sums inside the npm package `electron`.
 * Undefined when there is no release for this platform.
 */
export function releaseRung(env: NodeJS.ProcessEnv): Rung | undefined {
  const version = pinnedElectronVersion;
  const archive = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const sum: string | undefined = readJson(join(electronPackage, 'checksums.json'))[archive];
  if (!sum) return undefined;
  const base = env.ELECTRON_MIRROR || 'https://github.com/electron/electron/releases/download/';
  const url = new URL(`v${version}/${archive}`, base.endsWith('/') ? base : `${base}/`);
  return {
    name: `Electron ${version} from ${url.host}`,
    version,
    key: `electron-${version}-${process.platform}-${process.arch}`,
    integrity: integrityFromHex(sum),
    executable: executableName(),
    fetch: (file, detail) => download(url.href, file, detail),
    unpack: unzip,
  };
}

/** Where the executable sits in an unpacked release. */
export function executableName(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

function readJson(file: string): Record<string, string> & { version: string } {
  return JSON.parse(readFileSync(file, 'utf8'));
}
