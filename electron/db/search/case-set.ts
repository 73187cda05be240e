/** Cases are numbered by `n`; a part is a run of 65,536 numbers, so that inside a part a number has 16 bits. */
export const partSize = 65_536;
const bitmapBytes = partSize / 8;
/** Bytes of steps from which on a bitmap takes their place. */
const longestList = bitmapBytes - 192;
/**
 * A list is stored in pieces that the database keeps inside its pages: longer values get pages of their own, which a third of the index would be empty in.
 * Pieces of a list bear the numbers from 0 on and are lists themselves; those of a bitmap, equally long but for the last, the numbers from `firstOfBitmap` on.
 */
const pieceBytes = 912;
const firstOfBitmap = 100;

export const partOf = (n: number): number => Math.floor(n / partSize);

/** A set of case numbers: a bitmap of 8 KB a part that has any. */
export class CaseSet {
  private readonly byPart = new Map<number, Uint32Array>();

  add(n: number): void {
    const bits = this.bitsOf(partOf(n));
    const at = n % partSize;
    bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31));
  }

  has(n: number): boolean {
    const bits = this.byPart.get(partOf(n));
    if (bits === undefined) return false;
    const at = n % partSize;
    return ((bits[at >> 5] ?? 0) & (1 << (at & 31))) !== 0;
  }

  delete(n: number): void {
    const bits = this.byPart.get(partOf(n));
    if (bits === undefined) return;
    const at = n % partSize;
    bits[at >> 5] = (bits[at >> 5] ?? 0) & ~(1 << (at & 31));
  }

  /** Adds what a stored piece of a part's list holds. */
  addStored(part: number, piece: number, stored: Uint8Array): void {
    const bits = this.bitsOf(part);
    if (piece < firstOfBitmap) {
      eachStep(stored, (at) => {
        bits[at >> 5] = (bits[at >> 5] ?? 0) | (1 << (at & 31));
      });
      return;
    }
    // A copy, because a blob may lie at an odd address.
    const words = new Uint32Array(stored.buffer.slice(stored.byteOffset, stored.byteOffset + stored.byteLength));
    const first = ((piece - firstOfBitmap) * pieceBytes) / 4;
    for (let at = 0; at < words.length; at += 1) bits[first + at] = (bits[first + at] ?? 0) | (words[at] ?? 0);
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
    for (const [part, theirs] of other.byPart) {
      const bits = this.bitsOf(part);
      for (let at = 0; at < theirs.length; at += 1) bits[at] = (bits[at] ?? 0) | (theirs[at] ?? 0);
    }
  }

  /** Leaves only what the other holds too. */
  keep(other: CaseSet): void {
    for (const [part, bits] of this.byPart) {
      const theirs = other.byPart.get(part);
      if (theirs === undefined) this.byPart.delete(part);
      else for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & (theirs[at] ?? 0);
    }
  }

  isEmpty(): boolean {
    for (const bits of this.byPart.values()) if (bits.some((word) => word !== 0)) return false;
    return true;
  }

  /** The parts that have any, in no order. */
  parts(): number[] {
    return [...this.byPart].flatMap(([part, bits]) => (bits.some((word) => word !== 0) ? [part] : []));
  }

  count(): number {
    let sum = 0;
    for (const bits of this.byPart.values()) for (const word of bits) sum += ones(word);
    return sum;
  }

  /** Ascending. */
  *values(): Generator<number> {
    for (const part of [...this.byPart.keys()].sort((a, b) => a - b)) {
      const bits = this.byPart.get(part) as Uint32Array;
      for (let index = 0; index < bits.length; index += 1) {
        for (let word = bits[index] ?? 0; word !== 0; word &= word - 1)
          yield part * partSize + index * 32 + (31 - Math.clz32(word & -word));
      }
    }
  }

  /** How many there are in each run of `size` numbers that has any; `size` a multiple of 32 that parts consist of. */
  countByRun(size: number): Map<number, number> {
    const counts = new Map<number, number>();
    for (const [part, bits] of this.byPart)
      for (let index = 0; index < bits.length; index += 1) {
        const word = bits[index] as number;
        if (word === 0) continue;
        const run = Math.floor((part * partSize + index * 32) / size);
        counts.set(run, (counts.get(run) ?? 0) + ones(word));
      }
    return counts;
  }

  /** Those of a run of `size` numbers, ascending. */
  valuesOfRun(run: number, size: number): number[] {
    const values: number[] = [];
    const bits = this.byPart.get(partOf(run * size));
    if (bits === undefined) return values;
    const from = (run * size) % partSize;
    for (let index = from >> 5; index < (from + size) >> 5; index += 1)
      for (let word = bits[index] as number; word !== 0; word &= word - 1)
        values.push(run * size - from + index * 32 + (31 - Math.clz32(word & -word)));
    return values;
  }

  private bitsOf(part: number): Uint32Array {
    let bits = this.byPart.get(part);
    if (bits === undefined) {
      bits = new Uint32Array(bitmapBytes / 4);
      this.byPart.set(part, bits);
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

  /** As it is put into the database. */
  *pieces(): Generator<[piece: number, stored: Uint8Array]> {
    const stored = this.stored();
    if (this.bits !== null)
      for (let from = 0; from < bitmapBytes; from += pieceBytes)
        yield [firstOfBitmap + from / pieceBytes, stored.subarray(from, from + pieceBytes)];
    else if (stored.byteLength <= pieceBytes) yield [0, stored];
    else for (const [index, posting] of cut(stored).entries()) yield [index, posting.stored()];
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

/** Lists of no more than a piece each, that together have the numbers of a longer one. */
function cut(stored: Uint8Array): Posting[] {
  const postings: Posting[] = [];
  let last: Posting | undefined;
  eachStep(stored, (at) => {
    if (last === undefined || last.stored().byteLength + 3 > pieceBytes) {
      last = new Posting();
      postings.push(last);
    }
    last.push(at);
  });
  return postings;
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
