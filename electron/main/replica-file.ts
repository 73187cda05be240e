import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';

export const replicaFileOf = (userData: string): string => join(userData, 'replica.sqlite');

/** Renames the replica and its companions so that a new one can be made; nothing is deleted. Answers the new path. */
export function setReplicaAside(userData: string, now: Date): string {
  const file = replicaFileOf(userData);
  const stamp = now.toISOString().replaceAll(/[:.]/g, '-');
  const target = join(userData, `replica-aside-${stamp}.sqlite`);
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
  }
  return target;
}
