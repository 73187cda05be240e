import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** User and group that PostgreSQL runs as. */
export interface RunAs {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`, made if it is not there. Null: as whoever we are. */
export async function postgresAccount(): Promise<RunAs | null> {
  if (process.getuid?.() !== 0) return null;
  const known = await idsOf('postgres');
  if (known) return known;
  await run('groupadd', ['--system', 'postgres']).catch(() => undefined);
  await run('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
  const made = await idsOf('postgres');
  if (!made) throw new Error('the user postgres could not be made: create it, or run as a user other than root');
  return made;
}

async function idsOf(user: string): Promise<RunAs | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

const setpriv = '/usr/bin/setpriv';

/** How to start a program as this account. */
export interface Launch {
  program: string;
  args: string[];
  ids: Partial<RunAs>;
}

/**
 * Another user cannot enter a checkout below root's home (mode 0700). There the program keeps, of all that root may do, the one right of reaching
 * files in `data`.
 */
export function launchAs(account: RunAs | null, data: string, program: string, args: string[]): Launch {
  if (!account) return { program, args, ids: {} };
  if (isOpenToAll(data) || !existsSync(setpriv)) return { program, args, ids: account };
  const rights = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const who = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  return { program: setpriv, args: [...who, ...rights, program, ...args], ids: {} };
}

/** Whether everybody may walk down to the folder of `path`. */
export function isOpenToAll(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
