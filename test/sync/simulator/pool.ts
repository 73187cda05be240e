import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ScheduleResult } from './schedule.ts';
import type { Order } from './worker.ts';

const tsx = createRequire(import.meta.url).resolve('tsx');

/** Processes that run schedules. Each has one at a time. */
export class Pool {
  private readonly children: ChildProcess[];
  private readonly free: ChildProcess[];
  private readonly waiting: ((child: ChildProcess) => void)[] = [];

  /** `root`: the tree whose sources run; `variation`: see mutants/variations.ts. */
  constructor(jobs: number, variation = '', root = join(import.meta.dirname, '..', '..', '..')) {
    const file = join(root, 'test', 'sync', 'simulator', 'worker.ts');
    const options = { cwd: root, execArgv: ['--import', tsx], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] as const };
    this.children = Array.from({ length: jobs }, () =>
      fork(file, [variation], { ...options, stdio: [...options.stdio] }),
    );
    this.free = [...this.children];
  }

  /** Throws when the schedule could not be run at all: that is no broken promise. */
  async run(order: Order): Promise<ScheduleResult> {
    const child = this.free.pop() ?? (await new Promise<ChildProcess>((resolve) => this.waiting.push(resolve)));
    try {
      return await this.ask(child, order);
    } finally {
      const next = this.waiting.shift();
      if (next) next(child);
      else this.free.push(child);
    }
  }

  close(): void {
    for (const child of this.children) if (child.connected) child.disconnect();
  }

  private ask(child: ChildProcess, order: Order): Promise<ScheduleResult> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null) => settle(() => reject(new Error(`seed ${order.seed}: exit code ${code}`)));
      const onMessage = (answer: ScheduleResult | { seed: number; error: string }) =>
        settle(() => ('error' in answer ? reject(new Error(`seed ${answer.seed}: ${answer.error}`)) : resolve(answer)));
      const settle = (how: () => void) => {
        child.off('exit', onExit);
        child.off('message', onMessage);
        how();
      };
      if (!child.connected) return reject(new Error(`seed ${order.seed}: the process is gone`));
      child.once('exit', onExit);
      child.once('message', onMessage);
      child.send(order);
    });
  }
}
