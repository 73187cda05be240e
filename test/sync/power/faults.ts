import { rmSync } from 'node:fs';
import { z } from 'zod';
import { buildShim, runOnDisk, scratchFolder } from './shim.ts';

const reportSchema = z.object({
  /** Calls of a session that change something on the disk: each can fail. */
  places: z.int(),
  sessions: z.int(),
  /** Sessions in which the fault struck. */
  struck: z.int(),
  /** Steps or sessions that were refused because of it, sessions that needed a new connection. */
  refused: z.int(),
  reopened: z.int(),
  /** Sessions in which the loop said that the disk blocks it; longest time from the disk's healing to being in step, virtual seconds. */
  blocked: z.int().optional(),
  slowestSeconds: z.number().optional(),
  /** What the operator was told, by kind of failure. */
  kinds: z.record(z.string(), z.int()),
  problems: z.array(z.string()),
});
export type FaultReport = z.infer<typeof reportSchema> & { seconds: number };

/**
 * Lets the disk fail, with ENOSPC and EIO, once and until it heals, at every `every`-th place from `first` on where the desk changes something on it.
 * `what`: the replica's own functions one after the other, or the whole writer with its loop.
 */
export async function failDisk(what: 'desk' | 'loop', first: number, every: number): Promise<FaultReport> {
  const began = performance.now();
  const folder = scratchFolder();
  try {
    const env = { LD_PRELOAD: buildShim(), DISK_SHIM_DIR: folder };
    const said = await runOnDisk(`failing-${what}.ts`, [folder, String(first), String(every)], env);
    return { ...reportSchema.parse(JSON.parse(said)), seconds: Math.round((performance.now() - began) / 100) / 10 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
