/**
 * A seeded generator (sfc32) on 32-bit integers: the same numbers on every machine. No floating point leaves it, so a seed
 * set has the same bytes wherever it is made.
 */
export class Prng {
  private a: number;
  private b: number;
  private c: number;
  private d: number;

  /** Streams with different keys are independent of each other: adding a draw to one moves no other. */
  constructor(...keys: number[]) {
    let h = 0x9e3779b9;
    const next = () => {
      h = (h + 0x6d2b79f5) | 0;
      let t = Math.imul(h ^ (h >>> 15), h | 1);
      t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
      return (t ^ (t >>> 14)) | 0;
    };
    for (const key of keys) {
      h = Math.imul(h ^ (key | 0), 0x85ebca6b) ^ Math.trunc(key / 0x1_0000_0000);
      h = next();
    }
    this.a = next();
    this.b = next();
    this.c = next();
    this.d = 1;
    for (let i = 0; i < 4; i += 1) this.bits();
  }

  /** 32 random bits, 0 … 2^32 − 1. */
  bits(): number {
    const t = (this.a + this.b + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    return t >>> 0;
  }

  /** An integer in [0, n). n up to 2^32; the bias of the remainder is far below what a seed set can show. */
  below(n: number): number {
    return this.bits() % n;
  }

  /** An integer in [low, high]. Spans beyond 32 bits are drawn from two words. */
  between(low: number, high: number): number {
    const span = high - low + 1;
    if (span <= 1) return low;
    if (span <= 0xffff_ffff) return low + this.below(span);
    return low + (((this.bits() >>> 12) * 0x1_0000_0000 + this.bits()) % span);
  }

  /** True in `permille` of a thousand draws. */
  chance(permille: number): boolean {
    return this.below(1000) < permille;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** Shuffles in place (Fisher–Yates) and returns the same array. */
  shuffle<T>(items: T[]): T[] {
    for (let i = items.length - 1; i > 0; i -= 1) {
      const j = this.below(i + 1);
      const moved = items[i] as T;
      items[i] = items[j] as T;
      items[j] = moved;
    }
    return items;
  }
}

/** Draws from items by integer weights. */
export class Weighted<T> {
  private readonly sums: number[] = [];
  private readonly total: number;

  constructor(private readonly entries: readonly (readonly [T, number])[]) {
    let sum = 0;
    for (const [, weight] of entries) {
      sum += weight;
      this.sums.push(sum);
    }
    this.total = sum;
  }

  draw(prng: Prng): T {
    const at = prng.below(this.total);
    let low = 0;
    let high = this.sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sums[middle] as number) > at) high = middle;
      else low = middle + 1;
    }
    return (this.entries[low] as readonly [T, number])[0];
  }
}
