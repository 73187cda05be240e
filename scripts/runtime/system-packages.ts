import { existsSync, readFileSync } from 'node:fs';
import { type Say, withProgress } from './progress.ts';
import { run } from './run.ts';

const DPKG_STATUS = '/var/lib/dpkg/status';

/** What Electron needs on a bare Debian, a screen for it without a display, and a font that has the Chinese characters. */
export const electronPackages = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libgbm1',
  'libasound2',
  'libxss1',
  'fonts-noto-cjk',
] as const;

/** What it takes to compile the SQLite addon. */
export const compilerPackages = ['g++', 'make', 'python3'] as const;

/** The packages of `wanted` that dpkg's status text does not list as installed, under their own or a provided name. */
export function missingPackages(wanted: readonly string[], status: string): string[] {
  const present = new Set<string>();
  for (const paragraph of status.split('\n\n')) {
    if (!/^Status: install ok installed$/m.test(paragraph)) continue;
    const name = /^Package: (.+)$/m.exec(paragraph)?.[1];
    if (!name) continue;
    present.add(name);
    // Debian 13 renamed libgtk-3-0 to libgtk-3-0t64 and provides the old name.
    for (const provided of /^Provides: (.+)$/m.exec(paragraph)?.[1]?.split(',') ?? []) {
      present.add(provided.trim().split(' ')[0] ?? '');
    }
  }
  return wanted.filter((name) => !present.has(name));
}

/**
 * Installs what is missing on Debian and its kin when run as root; otherwise says in one line what is missing and the
 * command that brings it, and goes on. Other systems are left alone.
 */
export async function ensurePackages(wanted: readonly string[], say: Say): Promise<void> {
  if (!existsSync(DPKG_STATUS)) return;
  const missing = missingPackages(wanted, readFileSync(DPKG_STATUS, 'utf8'));
  if (missing.length === 0) return;
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    say(`Missing system packages: ${missing.join(' ')}. Install them with: sudo ${command}`);
    return;
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const outcome = await withProgress(say, `Installing system packages: ${missing.join(' ')}`, async (detail) => {
    const onLine = (line: string) => detail(line.slice(0, 70));
    // Another installation may be going on.
    const patience = ['-o', 'DPkg::Lock::Timeout=120'];
    await run('apt-get', [...patience, 'update'], { env, onLine });
    return run('apt-get', [...patience, ...command.split(' ').slice(1)], { env, onLine });
  });
  if (outcome.code !== 0) {
    const words = outcome.stderr.trim().split('\n').at(-1) ?? '';
    say(`Could not install ${missing.join(' ')} (${words}). Try by hand: ${command}`);
  }
}
