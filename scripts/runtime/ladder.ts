import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fillEntry, isComplete } from './cache.ts';
import { assertIntegrity, type Integrity, IntegrityError } from './integrity.ts';
import { type Say, withProgress } from './progress.ts';

/** A source the Electron runtime can be had from. */
export interface Rung {
  /** What the person reads, e.g. "Electron 45.4.1 from github.com". */
  readonly name: string;
  readonly version: string;
  /** Folder name in the cache: one per source, version and platform. */
  readonly key: string;
  readonly integrity: Integrity;
  /** The executable inside the unpacked folder. */
  readonly executable: string;
  fetch(archive: string, detail: (text: string) => void): Promise<void>;
  unpack(archive: string, folder: string): Promise<void>;
}

export interface Runtime {
  readonly electronPath: string;
  readonly electronVersion: string;
  /** One line: which runtime and why. */
  readonly how: string;
}

/**
 * The first rung that is already in the cache, or else the first that can be fetched, verified and unpacked. What went
 * wrong with a rung is said and the next one is tried; after the last, a rung whose download arrived broken gets a
 * second chance. Throws an Error listing every reason when nothing works.
 */
export async function climb(rungs: readonly Rung[], cache: string, say: Say): Promise<Runtime> {
  for (const rung of rungs) {
    const entry = join(cache, rung.key);
    if (isUsable(entry, rung)) return runtimeOf(rung, entry, 'in the cache');
  }
  const reasons: string[] = [];
  const broken: Rung[] = [];
  const attempt = async (rung: Rung): Promise<Runtime | undefined> => {
    try {
      const why = reasons.length > 0 ? `fetched, because ${reasons.join('; ')}` : 'fetched';
      return runtimeOf(rung, await bring(rung, cache, say), why);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      reasons.push(reason);
      if (error instanceof IntegrityError) broken.push(rung);
      say(`${rung.name}: ${reason}. Trying the next source.`);
      return undefined;
    }
  };
  for (const rung of rungs) {
    const runtime = await attempt(rung);
    if (runtime) return runtime;
  }
  for (const rung of [...broken]) {
    const runtime = await attempt(rung);
    if (runtime) return runtime;
  }
  throw new Error(`No Electron runtime could be had: ${reasons.join('; ') || 'no source for this platform'}`);
}

function isUsable(entry: string, rung: Rung): boolean {
  return isComplete(entry) && existsSync(join(entry, rung.executable));
}

async function bring(rung: Rung, cache: string, say: Say): Promise<string> {
  const entry = join(cache, rung.key);
  // Complete but without its executable: someone cleaned up inside. Fetch it anew.
  if (isComplete(entry)) await rm(entry, { recursive: true, force: true });
  await fillEntry(entry, async (folder) => {
    const archive = `${folder}.download`;
    try {
      await withProgress(say, `Fetching ${rung.name}`, (detail) => rung.fetch(archive, detail));
      await assertIntegrity(archive, rung.integrity, `The download of ${rung.name}`);
      await mkdir(folder, { recursive: true });
      await withProgress(say, `Unpacking ${rung.name}`, () => rung.unpack(archive, folder));
      if (!existsSync(join(folder, rung.executable))) throw new Error(`${rung.executable} is missing from the archive`);
    } finally {
      await rm(archive, { force: true });
    }
  });
  return entry;
}

function runtimeOf(rung: Rung, entry: string, why: string): Runtime {
  return {
    electronPath: join(entry, rung.executable),
    electronVersion: rung.version,
    how: `${rung.name} (${why})`,
  };
}
