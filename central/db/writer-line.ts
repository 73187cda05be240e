/** One at work, one with its connection ready to follow: more writers at a time only keep connections from the readers. */
const writersAtOnce = 2;

/** The line in which a server's writers wait before they take a connection, first come first served. */
export class WriterLine {
  private free = writersAtOnce;
  private readonly waiting: (() => void)[] = [];

  async take<R>(work: () => Promise<R>): Promise<R> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((turn) => this.waiting.push(turn));
    try {
      return await work();
    } finally {
      // Handed over, not given back: who comes meanwhile stands behind.
      const next = this.waiting.shift();
      if (next) next();
      else this.free += 1;
    }
  }
}
