import type { Timers } from '../../../electron/sync/timers.ts';

/** Virtual time: nothing passes but what is planned, in one order. */
export class Timeline implements Timers {
  now: number;
  private planned: { at: number; order: number; call: () => void }[] = [];
  private made = 0;

  constructor(start: number) {
    this.now = start;
  }

  after(ms: number, call: () => void): () => void {
    const one = { at: this.now + Math.max(0, ms), order: this.made++, call };
    this.planned.push(one);
    return () => {
      this.planned = this.planned.filter((other) => other !== one);
    };
  }

  /** Goes on until the instant `end` or until `done`; after each step every promise that can go on has gone on. Answers whether it was done. */
  async run(end: number, done: () => boolean): Promise<boolean> {
    await settled();
    while (!done()) {
      const next = this.first();
      if (!next || next.at > end) {
        this.now = Math.max(this.now, end);
        return false;
      }
      this.planned = this.planned.filter((other) => other !== next);
      this.now = Math.max(this.now, next.at);
      next.call();
      await settled();
    }
    return true;
  }

  private first() {
    let first = this.planned[0];
    for (const one of this.planned)
      if (first && (one.at < first.at || (one.at === first.at && one.order < first.order))) first = one;
    return first;
  }
}

/** Every promise job runs before an immediate does. Nothing in a schedule waits for anything else of the machine's. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
