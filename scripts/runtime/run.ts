import { spawn } from 'node:child_process';

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end and collects what it printed. Rejects only when it cannot be started at all. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; onLine?: (line: string) => void } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      options.onLine?.(text.trimEnd().split('\n').at(-1) ?? '');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

/** As `run`, but anything other than exit code 0 is an Error that carries the program's last words. */
export async function mustRun(
  program: string,
  args: readonly string[],
  options: Parameters<typeof run>[2] = {},
): Promise<Outcome> {
  const outcome = await run(program, args, options);
  if (outcome.code !== 0) {
    const words = (outcome.stderr || outcome.stdout).trim().split('\n').slice(-12).join('\n');
    throw new Error(`${program} ${args.join(' ')} ended with ${outcome.signal ?? outcome.code}:\n${words}`);
  }
  return outcome;
}
