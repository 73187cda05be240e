/** The body of an answer on its way, as much of a stream as the transport uses: whoever reads waits until a chunk comes, the body ends or breaks. */
export class Pipe {
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

  getReader() {
    return {
      read: () => this.read(),
      cancel: async () => {
        this.closed = true;
        this.ending = { error: null };
        this.wake?.();
      },
    };
  }

  private async read(): Promise<{ done: boolean; value: Uint8Array | undefined }> {
    for (;;) {
      const value = this.held.shift();
      if (value) return { done: false, value };
      if (this.ending?.error) throw this.ending.error;
      if (this.ending) return { done: true, value };
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
