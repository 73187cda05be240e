import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const STAMP = '.complete';

/** Whether the cache entry was finished: the stamp is the last thing written before the entry gets its name. */
export function isComplete(entry: string): boolean {
  return existsSync(join(entry, STAMP));
}

/**
 * Fills the cache folder `entry` once. `fill` works in a temporary neighbour that gets the name in one rename when it is
 * complete, so a crash at any moment leaves nothing that could be mistaken for a finished entry.
 * Two processes may fill at the same time: the first to finish wins, the other's work is thrown away.
 */
export async function fillEntry(entry: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  if (isComplete(entry)) return;
  await mkdir(dirname(entry), { recursive: true });
  await sweep(entry);
  const temporary = await mkdtemp(join(dirname(entry), `.${basename(entry)}-`));
  try {
    await fill(temporary);
    await writeFile(join(temporary, STAMP), `${new Date().toISOString()}\n`);
    await moveIntoPlace(temporary, entry);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function moveIntoPlace(temporary: string, entry: string): Promise<void> {
  if (isComplete(entry)) return;
  // Whatever sits there has no stamp: remains of something that did not finish.
  await rm(entry, { recursive: true, force: true });
  try {
    await rename(temporary, entry);
  } catch (error) {
    if (!isComplete(entry)) throw error;
  }
}

/** Removes what runs that were killed left behind; an hour is longer than any fill that is still going. */
async function sweep(entry: string): Promise<void> {
  const folder = dirname(entry);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`.${basename(entry)}-`)) continue;
    const left = join(folder, name);
    const { mtimeMs } = await stat(left);
    if (Date.now() - mtimeMs > 3_600_000) await rm(left, { recursive: true, force: true });
  }
}
