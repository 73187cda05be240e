import { Posting, Union } from './case-set.ts';

/** Postings by a small whole number. */
export class DirectTable {
  private readonly postings: (Posting | undefined)[];

  constructor(size: number) {
    this.postings = new Array<Posting | undefined>(size).fill(undefined);
  }

  push(key: number, at: number): void {
    const known = this.postings[key];
    if (known !== undefined) {
      known.push(at);
      return;
    }
    const posting = new Posting();
    posting.push(at);
    this.postings[key] = posting;
  }

  get(key: number): Posting | undefined {
    return this.postings[key];
  }

  set(key: number, posting: Posting): void {
    this.postings[key] = posting;
  }

  *found(): Generator<[number, Posting]> {
    for (const [key, posting] of this.postings.entries()) if (posting !== undefined) yield [key, posting];
  }
}

/** Postings by a whole number of up to 32 bits: open addressing, because this is asked dozens of times a case. */
export class HashTable {
  private keys = new Uint32Array(1 << 13);
  private postings = new Array<Posting | undefined>(1 << 13).fill(undefined);
  private size = 0;

  push(key: number, at: number): void {
    const known = this.postings[this.slotOf(key)];
    if (known !== undefined) {
      known.push(at);
      return;
    }
    const posting = new Posting();
    posting.push(at);
    this.set(key, posting);
  }

  get(key: number): Posting | undefined {
    return this.postings[this.slotOf(key)];
  }

  set(key: number, posting: Posting): void {
    const slot = this.slotOf(key);
    if (this.postings[slot] !== undefined) {
      this.postings[slot] = posting;
      return;
    }
    this.keys[slot] = key;
    this.postings[slot] = posting;
    this.size += 1;
    if (this.size * 2 > this.postings.length) this.grow();
  }

  *found(): Generator<[number, Posting]> {
    for (const [slot, posting] of this.postings.entries())
      if (posting !== undefined) yield [this.keys[slot] as number, posting];
  }

  private slotOf(key: number): number {
    const mask = this.keys.length - 1;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 11) & mask;
    while (this.postings[slot] !== undefined && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const found = [...this.found()];
    this.keys = new Uint32Array(this.keys.length * 2);
    this.postings = new Array<Posting | undefined>(this.keys.length).fill(undefined);
    for (const [key, posting] of found) {
      const slot = this.slotOf(key);
      this.keys[slot] = key;
      this.postings[slot] = posting;
    }
  }
}

/** Gives every term that others begin with what they hold too. `beginOf` names the one a term begins with; null: none. */
export function join(
  longer: DirectTable | HashTable,
  shorter: DirectTable | HashTable,
  beginOf: (key: number) => number | null,
): void {
  const groups = new Map<number, Posting[]>();
  for (const [key, posting] of longer.found()) {
    const begin = beginOf(key);
    if (begin === null) continue;
    const group = groups.get(begin);
    if (group) group.push(posting);
    else groups.set(begin, [posting]);
  }
  const union = new Union();
  for (const [key, group] of groups) {
    const own = shorter.get(key);
    if (own) group.push(own);
    for (const posting of group) union.add(posting);
    shorter.set(key, union.take());
  }
}
