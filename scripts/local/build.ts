import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { projectRoot } from '../runtime/places.ts';
import { type Say, withProgress } from '../runtime/progress.ts';
import { mustRun } from '../runtime/run.ts';

const SOURCES = ['electron', 'renderer', 'shared', 'resources'];
const SETTINGS = ['package.json', 'package-lock.json', 'electron.vite.config.ts'];

/** Builds the app into out/ unless what lies there was built from exactly these sources. Throws with the builder's words. */
export async function ensureBuild(say: Say): Promise<void> {
  const stamp = join(projectRoot, 'out', '.sources');
  const key = hashOfSources(projectRoot);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return;
  await rm(stamp, { force: true });
  const manifest = createRequire(import.meta.url).resolve('electron-vite/package.json');
  const builder = join(dirname(manifest), 'bin', 'electron-vite.js');
  await withProgress(say, 'Building the app', () =>
    mustRun(process.execPath, [builder, 'build'], {
      cwd: projectRoot,
      env: { ...process.env, NODE_ENV: 'production' },
    }),
  );
  await writeFile(stamp, key);
}

/** Changes when a file that goes into the app changes, is added, moved or removed; tests and notes do not count. */
export function hashOfSources(root: string): string {
  const hash = createHash('sha256');
  const files = SOURCES.flatMap((folder) => filesBelow(root, folder)).concat(SETTINGS);
  for (const file of files.sort()) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$|\.md$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}
