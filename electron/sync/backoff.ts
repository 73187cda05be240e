/** Waits between tries: exponential with full jitter, so that a hundred workstations do not come back in the same second. */
export class Backoff {
  private readonly random: () => number;
  private readonly firstMs: number;
  private readonly maxMs: number;
  private tries = 0;

  /** `random` gives [0, 1). */
  constructor(random: () => number, firstMs = 1000, maxMs = 30_000) {
    this.random = random;
    this.firstMs = firstMs;
    this.maxMs = maxMs;
  }

  /** Next wait, ms: above 0, at most `maxMs`. */
  next(): number {
    const ceiling = Math.min(this.maxMs, this.firstMs * 2 ** this.tries);
    this.tries = Math.min(this.tries + 1, 16);
    return Math.max(1, Math.round(this.random() * ceiling));
  }

  /** A success, or an operator who wants it now. */
  reset(): void {
    this.tries = 0;
  }
}
