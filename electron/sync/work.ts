type Task = (signal: AbortSignal) => Promise<void>;

/** The loop's tasks towards the server: each kind runs once at a time, all end together when the line is dropped. */
export class Work {
  private readonly onFailure: (error: unknown) => void;
  private abort = new AbortController();
  private running = new Map<string, { again: boolean }>();
  private readonly all = new Set<Promise<void>>();
  private ended = false;

  constructor(onFailure: (error: unknown) => void) {
    this.onFailure = onFailure;
  }

  /** Starts a task unless one of its kind runs. */
  once(kind: string, task: Task): void {
    if (!this.ended && !this.running.has(kind)) this.start(kind, task);
  }

  /** Starts a task; if one of its kind runs, it runs once more afterwards: what it missed is looked at. */
  again(kind: string, task: Task): void {
    const running = this.running.get(kind);
    if (running) running.again = true;
    else this.once(kind, task);
  }

  /** Aborts everything. What still unwinds is no longer heard. */
  drop(): void {
    this.abort.abort();
    this.abort = new AbortController();
    this.running = new Map();
  }

  /** Aborts everything and resolves when it has unwound. */
  async end(): Promise<void> {
    this.ended = true;
    this.drop();
    await Promise.allSettled([...this.all]);
  }

  private start(kind: string, task: Task): void {
    const { signal } = this.abort;
    const running = this.running;
    const own = { again: false };
    running.set(kind, own);
    const done = this.attempt(task, signal).then((finished) => {
      running.delete(kind);
      this.all.delete(done);
      if (finished && own.again && !signal.aborted) this.once(kind, task);
    });
    this.all.add(done);
  }

  private async attempt(task: Task, signal: AbortSignal): Promise<boolean> {
    try {
      await task(signal);
      return true;
    } catch (error) {
      if (!signal.aborted) this.onFailure(error);
      return false;
    }
  }
}
