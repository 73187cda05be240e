import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

/** Compiles the shim with the machine's C compiler; the answer is its path. Throws with what to do where that cannot be. */
export function buildShim(): string {
  if (process.platform !== 'linux')
    throw new Error('The disk under test is laid below the process with LD_PRELOAD, which only Linux has.');
  const folder = join(root, '.cache', 'disk-shim');
  mkdirSync(folder, { recursive: true });
  // Of its own for each run: another run may have the last one loaded.
  const library = join(mkdtempSync(join(folder, 'build-')), 'disk-shim.so');
  const source = join(import.meta.dirname, 'disk-shim.c');
  const built = spawnSync('cc', ['-O2', '-Wall', '-shared', '-fPIC', '-o', library, source], {
    encoding: 'utf8',
  });
  if (built.error)
    throw new Error(
      `The C compiler "cc" is needed to test power cuts and failing disks, and cannot be run: ${built.error.message}`,
    );
  if (built.status !== 0) throw new Error(`The disk shim does not compile:\n${built.stderr}`);
  return library;
}

/** A folder for files that a test writes and throws away by the hundred: in memory where the system has that. */
export function scratchFolder(): string {
  const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  return realpathSync(mkdtempSync(join(place, 'replica-disk-')));
}

/** Runs a TypeScript file of this folder on a watched disk. Resolves with its standard output; rejects with its last words if it does not end well. */
export function runOnDisk(file: string, args: readonly string[], env: Record<string, string>): Promise<string> {
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const child: ChildProcess = spawn(process.execPath, ['--import', tsx, join(import.meta.dirname, file), ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [said, complained] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    said += String(chunk);
  });
  child.stderr?.on('data', (chunk) => {
    complained += String(chunk);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve(said);
      else reject(new Error(`${file} ended with ${code ?? signal}: ${complained.slice(-2000)}\n${said.slice(-500)}`));
    });
  });
}
