/** Chunks on their way: whoever reads waits until one comes, the body ends or breaks. */
export class Pipe implements AsyncIterable<Uint8Array> {
  closed = false;
  private readonly held: Uint8Array[] = [];
  private ending: { error: Error | null } | null = null;
  private wake: (() => void) | null = null;

  push(chunk: Uint8Array): void {
    if (!this.ending) this.held.push(chunk);
    this.wake?.();
  }

  /** `error` null: whole. */
  end(error: Error | null): void {
    this.ending ??= { error };
    this.closed = true;
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = this.held.shift();
        if (chunk) yield chunk;
        else if (this.ending?.error) throw this.ending.error;
        else if (this.ending) return;
        else
          await new Promise<void>((resolve) => {
            this.wake = resolve;
          });
      }
    } finally {
      this.closed = true;
    }
  }
}
