import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Scope } from '../../../scripts/local/scope.ts';
import type { Asked, Methods } from './worker.ts';

/** A process of the run: it holds one side of a replica, as the app's writer and reader do. */
export interface Side {
  call<N extends keyof Methods>(name: N, ...args: Parameters<Methods[N]>): Promise<Awaited<ReturnType<Methods[N]>>>;
  close(): Promise<void>;
}

const worker = join(import.meta.dirname, 'worker.ts');

/** Starts one; `scope` ends it with the run. An error there is thrown here; its end during a call too. */
export function startSide(scope: Scope): Side {
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const child = fork(worker, [], {
    execArgv: ['--import', tsx, '--expose-gc'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Ctrl-C reaches the run alone, which then ends its processes in order.
    detached: process.platform !== 'win32',
  });
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  child.on('message', (message) => {
    const answer = message as { id: number; value?: unknown; error?: string };
    const waiting = open.get(answer.id);
    open.delete(answer.id);
    if (answer.error === undefined) waiting?.resolve(answer.value);
    else waiting?.reject(new Error(answer.error));
  });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  void gone.then(() => {
    for (const { reject } of open.values()) reject(new Error('a process of the bench ended during a call'));
  });
  const close = () => end(child, gone);
  scope.defer(close);
  return {
    call(name, ...args) {
      last += 1;
      const asked: Asked = { id: last, name, args };
      return new Promise((resolve, reject) => {
        open.set(last, { resolve: resolve as (value: unknown) => void, reject });
        child.send(asked);
      });
    },
    close,
  };
}

const patienceMs = 5000;

async function end(child: ChildProcess, gone: Promise<void>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    if (child.connected) child.disconnect();
    const force = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await gone;
    clearTimeout(force);
  }
}
