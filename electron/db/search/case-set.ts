/** Cases are numbered by `n`; a part is a run of 65,536 numbers, so that inside a part a number has 16 bits. */
export const partSize = 65_536;
const bitmapBytes = partSize / 8;
/** Bytes of steps from which on a bitmap takes their place; a list is always shorter than one, which is how the two are told apart. */
const longestList = bitmapBytes - 192;

export const partOf = (n: number): number => Math.floor(n / partSize);

/** A set of case numbers: a bitmap of 8 KB a part that has any. */
export class CaseSet {
  private readonly parts = new Map<number, Uint32Array>();

  add(n: number): void {
    const bits = this.bitsOf(partOf(n));
    const at = n % partSize;
    bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31));
  }

  has(n: number): boolean {
    const bits = this.parts.get(partOf(n));
    if (bits === undefined) return false;
    const at = n % partSize;
    return ((bits[at >> 5] ?? 0) & (1 << (at & 31))) !== 0;
  }

  delete(n: number): void {
    const bits = this.parts.get(partOf(n));
    if (bits === undefined) return;
    const at = n % partSize;
    bits[at >> 5] = (bits[at >> 5] ?? 0) & ~(1 << (at & 31));
  }

  /** Adds what a stored list of a part holds: steps, or a bitmap of the whole part. */
  addStored(part: number, stored: Uint8Array): void {
    const bits = this.bitsOf(part);
    if (stored.byteLength < bitmapBytes) {
      eachStep(stored, (at) => {
        bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31));
      });
      return;
    }
    // A copy, because a blob may lie at an odd address.
    const words = new Uint32Array(stored.buffer.slice(stored.byteOffset, stored.byteOffset + stored.byteLength));
    for (let at = 0; at < words.length; at += 1) bits[at] = (bits[at] ?? 0) | (words[at] ?? 0);
  }

  /** Adds every number up to `last`. */
  addUpTo(last: number): void {
    for (let part = 0; part <= partOf(last); part += 1) {
      const bits = this.bitsOf(part).fill(0xffffffff);
      const room = last - part * partSize + 1;
      if (room >= partSize) continue;
      bits.fill(0, (room >> 5) + 1);
      bits[room >> 5] = (1 << (room & 31)) - 1;
    }
  }

  addAll(other: CaseSet): void {
    for (const [part, theirs] of other.parts) {
      const bits = this.bitsOf(part);
      for (let at = 0; at < theirs.length; at += 1) bits[at] = (bits[at] ?? 0) | (theirs[at] ?? 0);
    }
  }

  /** Leaves only what the other holds too. */
  keep(other: CaseSet): void {
    for (const [part, bits] of this.parts) {
      const theirs = other.parts.get(part);
      if (theirs === undefined) this.parts.delete(part);
      else for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & (theirs[at] ?? 0);
    }
  }

  isEmpty(): boolean {
    for (const bits of this.parts.values()) if (bits.some((word) => word !== 0)) return false;
    return true;
  }

  count(): number {
    let sum = 0;
    for (const bits of this.parts.values()) for (const word of bits) sum += ones(word);
    return sum;
  }

  /** Ascending. */
  *values(): Generator<number> {
    for (const part of [...this.parts.keys()].sort((a, b) => a - b)) {
      const bits = this.parts.get(part) as Uint32Array;
      for (let index = 0; index < bits.length; index += 1) {
        for (let word = bits[index] ?? 0; word !== 0; word &= word - 1)
          yield part * partSize + index * 32 + (31 - Math.clz32(word & -word));
      }
    }
  }

  private bitsOf(part: number): Uint32Array {
    let bits = this.parts.get(part);
    if (bits === undefined) {
      bits = new Uint32Array(bitmapBytes / 4);
      this.parts.set(part, bits);
    }
    return bits;
  }
}

function ones(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * The numbers of one term inside a part while it is built; they come in ascending order. Stored as the steps between them, seven bits a byte, or
 * as a bitmap where that is not larger.
 */
export class Posting {
  private bytes = new Uint8Array(8);
  private bits: Uint8Array | null = null;
  private length = 0;
  private last = -1;

  push(at: number): void {
    if (at === this.last) return;
    if (this.bits !== null) this.bits[at >> 3] = (this.bits[at >> 3] ?? 0) | (1 << (at & 7));
    else {
      if (this.length + 3 > this.bytes.length) this.grow();
      let step = at - this.last;
      for (; step > 127; step >>= 7) this.put((step & 127) | 128);
      this.put(step);
    }
    this.last = at;
    if (this.bits === null && this.length >= longestList) this.becomeDense();
  }

  stored(): Uint8Array {
    return this.bits ?? this.bytes.subarray(0, this.length);
  }

  private put(byte: number): void {
    this.bytes[this.length] = byte;
    this.length += 1;
  }

  private grow(): void {
    const grown = new Uint8Array(this.bytes.length * 2);
    grown.set(this.bytes);
    this.bytes = grown;
  }

  private becomeDense(): void {
    const bits = new Uint8Array(bitmapBytes);
    eachStep(this.stored(), (at) => {
      bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
    });
    this.bits = bits;
    this.bytes = new Uint8Array(0);
  }
}

/** The numbers that are in any of several lists of a part. */
export class Union {
  private readonly bits = new Uint32Array(bitmapBytes / 4);

  add(posting: Posting): void {
    const { bits } = this;
    const stored = posting.stored();
    if (stored.byteLength < bitmapBytes)
      eachStep(stored, (at) => {
        bits[at >> 5] = (bits[at >> 5] as number) | (1 << (at & 31));
      });
    else for (let at = 0; at < bitmapBytes; at += 1) this.addByte(at, stored[at] as number);
  }

  /** The list of them; the union is empty then. */
  take(): Posting {
    const posting = new Posting();
    const { bits } = this;
    for (let at = 0; at < bits.length; at += 1)
      for (let word = bits[at] as number; word !== 0; word &= word - 1)
        posting.push(at * 32 + 31 - Math.clz32(word & -word));
    bits.fill(0);
    return posting;
  }

  private addByte(at: number, byte: number): void {
    this.bits[at >> 2] = (this.bits[at >> 2] as number) | (byte << ((at & 3) * 8));
  }
}

function eachStep(stored: Uint8Array, visit: (at: number) => void): void {
  let at = -1;
  let step = 0;
  let shift = 0;
  for (const byte of stored) {
    step |= (byte & 127) << shift;
    shift += 7;
    if (byte > 127) continue;
    at += step;
    visit(at);
    step = 0;
    shift = 0;
  }
}
