import { Worker } from 'node:worker_threads';

const restMs = 600_000;

/** Looks through the whole replica when asked, in a thread of its own so that everything else goes on; at most every ten minutes. */
export class LookThrough {
  private readonly file: string;
  private readonly checker: string;
  private readonly damaged: (reason: string) => void;
  private lastAt: number | null = null;

  /** `checker`: the built `checker.ts`, which only an entry point knows the place of: what is shared is built into a folder below. */
  constructor(file: string, checker: string, damaged: (reason: string) => void) {
    this.file = file;
    this.checker = checker;
    this.damaged = damaged;
  }

  start(): void {
    const now = performance.now();
    if (this.lastAt !== null && now - this.lastAt < restMs) return;
    this.lastAt = now;
    const thread = new Worker(this.checker, { workerData: this.file });
    thread.on('message', (found: string | null) => {
      if (found !== null) this.damaged(found);
    });
    thread.on('error', (error) => console.warn(`the replica could not be looked through: ${error.message}`));
  }
}
