import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { z } from 'zod';
import { syncFolder } from '../side-file/side-file.ts';

const companions = ['', '-wal', '-shm'];
const kept = 2;

const markSchema = z.object({ reason: z.string(), movedTo: z.string().nullable() });
/** Left beside a replica that was found damaged, until a new one stands in its place. */
export type DamageMark = z.infer<typeof markSchema>;

export const markOf = (file: string): string => `${file}.damaged`;

export function markDamaged(file: string, mark: DamageMark): void {
  writeFileSync(markOf(file), JSON.stringify(mark), { mode: 0o600 });
  syncFolder(dirname(file));
}

export function readMark(file: string): DamageMark | null {
  if (!existsSync(markOf(file))) return null;
  try {
    return markSchema.parse(JSON.parse(readFileSync(markOf(file), 'utf8')));
  } catch {
    return { reason: 'marked', movedTo: null };
  }
}

export function clearMark(file: string): void {
  rmSync(markOf(file), { force: true });
}

const stampLength = '2023-08-21T12-00-00-000Z'.length;

function asidesOf(file: string): { path: string; at: number }[] {
  const extension = extname(file);
  const prefix = `${basename(file, extension)}-damaged-`;
  return readdirSync(dirname(file))
    .filter((name) => name.startsWith(prefix) && name.length === prefix.length + stampLength + extension.length)
    .sort()
    .map((name) => {
      const [day, time = ''] = name.slice(prefix.length, prefix.length + stampLength).split('T');
      const at = Date.parse(`${day}T${time.replace(/-(\d\d)-(\d\d)-/, ':$1:$2.')}`);
      return { path: join(dirname(file), name), at };
    });
}

/** How many replicas were moved aside since an instant, ms. */
export function asidesSince(file: string, since: number): number {
  return asidesOf(file).filter(({ at }) => at >= since).length;
}

/** Renames the replica and its companions, named with the time; of those moved before, the newest is kept. Answers the new path. */
export function moveAside(file: string, now: number): string {
  const extension = extname(file);
  const stamp = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  const target = join(dirname(file), `${basename(file, extension)}-damaged-${stamp}${extension}`);
  for (const suffix of companions) if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
  syncFolder(dirname(file));
  for (const { path } of asidesOf(file).slice(0, -kept))
    for (const suffix of companions) rmSync(path + suffix, { force: true });
  return target;
}
