import { existsSync, readFileSync, statSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addonKey, addonSource, buildAddon } from './addon-build.ts';
import { needsOwnBuild } from './addon-decision.ts';
import { fillEntry, isComplete } from './cache.ts';
import type { Runtime } from './ladder.ts';
import { cacheRoot } from './places.ts';
import { type Say, withProgress } from './progress.ts';
import { run } from './run.ts';
import { compilerPackages, ensurePackages } from './system-packages.ts';

// better-sqlite3 prefers this file to the one it ships.
const release = join(addonSource, 'build', 'Release');
const placed = join(release, 'better_sqlite3.node');
const note = join(release, 'verified.json');

/**
 * Makes sure that better-sqlite3 opens a database in this Node and in this Electron: builds it from source where the
 * shipped binary would crash, keeps the build in the cache, and tries it once in a child process of each.
 */
export async function ensureAddon(runtime: Runtime, env: NodeJS.ProcessEnv, say: Say): Promise<void> {
  const own = needsOwnBuild(process.versions.node, runtime.electronVersion);
  const verified = () => `${own ? addonKey() : 'shipped'} ${process.version} ${runtime.electronPath} ${sizeOf(placed)}`;
  if (existsSync(note) && readFileSync(note, 'utf8') === verified()) return;
  if (own) await placeOwnBuild(env, say);
  else await rm(placed, { force: true });
  await withProgress(say, 'Trying SQLite in Node and Electron', async () => {
    await tryIn('Node', process.execPath, {});
    await tryIn('Electron', runtime.electronPath, { ELECTRON_RUN_AS_NODE: '1' });
  });
  await mkdir(release, { recursive: true });
  await writeFile(note, verified());
}

async function placeOwnBuild(env: NodeJS.ProcessEnv, say: Say): Promise<void> {
  const entry = join(cacheRoot(env), addonKey());
  if (!isComplete(entry)) {
    await ensurePackages(compilerPackages, say);
    await withProgress(say, 'Compiling SQLite for this Node and Electron (about a minute, once)', () =>
      fillEntry(entry, buildAddon),
    );
  }
  await mkdir(release, { recursive: true });
  // Renamed into place: a running process may have the old file mapped.
  const temporary = `${placed}.${process.pid}`;
  await copyFile(join(entry, 'better_sqlite3.node'), temporary);
  await rename(temporary, placed);
}

// Many statements dropped and collected: a build made for another Node-API breaks in the finalizers, not on opening.
const TRIAL = `const Database = require(process.env.TRIAL_OF);
const db = new Database(':memory:');
db.exec('create table t (n integer)');
db.prepare('insert into t values (?)').run(7);
for (let i = 0; i < 3000; i++) db.prepare('select n from t where n > ' + (i % 7));
require('node:v8').setFlagsFromString('--expose-gc');
require('node:vm').runInNewContext('gc')();
if (db.prepare('select n from t').get().n !== 7) process.exit(3);
db.close();`;

/** In a child: a binary that does not fit takes its process down. */
async function tryIn(name: string, program: string, extra: NodeJS.ProcessEnv): Promise<void> {
  const env = { ...process.env, ...extra, TRIAL_OF: addonSource };
  const { code, signal, stderr } = await run(program, ['-e', TRIAL], { env });
  if (code === 0) return;
  const words = stderr.trim().split('\n').slice(-3).join(' ');
  throw new Error(`SQLite does not work in ${name} (${signal ?? `exit code ${code}`}): ${words}`);
}

function sizeOf(file: string): number {
  return existsSync(file) ? statSync(file).size : 0;
}
