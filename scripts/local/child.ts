import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

const SETPRIV = '/usr/bin/setpriv';

export interface Child {
  /** Resolves when the process is gone: exit code, or the name of the signal that ended it. Rejects never. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Asks it to stop with `signal`, makes it stop after `patienceMs`, resolves when it is gone. */
  stop(signal: NodeJS.Signals, patienceMs?: number): Promise<void>;
}

/**
 * Starts a process of ours. It gets a process group of its own, so that Ctrl-C in the terminal reaches only the run's
 * own process, which then stops the others in order; on Linux the system ends it should that process be killed.
 */
export function startChild(
  program: string,
  args: readonly string[],
  options: {
    env?: NodeJS.ProcessEnv;
    cwd?: string;
    onStdout?: (line: string) => void;
    onStderr?: (line: string) => void;
  } = {},
): Child {
  const guarded = existsSync(SETPRIV);
  const child = spawn(guarded ? SETPRIV : program, guarded ? ['--pdeathsig', 'TERM', program, ...args] : args, {
    cwd: options.cwd,
    env: options.env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  createInterface(child.stdout).on('line', (line) => options.onStdout?.(line));
  createInterface(child.stderr).on('line', (line) => options.onStderr?.(line));
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('error', (error) => {
      options.onStderr?.(error.message);
      resolve(127);
    });
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 0));
  });
  return {
    ended,
    async stop(signal, patienceMs = 10_000) {
      child.kill(signal);
      const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      await ended;
      clearTimeout(force);
    },
  };
}
