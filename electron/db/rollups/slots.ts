/** What one half of a pair may be at most: two halves and their order fit into a number's 53 bits. */
const half = 2 ** 26;

export const pairOf = (first: number, second: number): number => first * half + second;
export const firstOf = (pair: number): number => Math.floor(pair / half);
export const secondOf = (pair: number): number => pair % half;

/** Gives whole numbers (up to 53 bits) places 0, 1, 2 … in the order they are met. Open addressing: it is asked a dozen times a case. */
export class Slots {
  /** Numbers by their place. */
  private keys = new Float64Array(1 << 8);
  /** Place plus one; 0 where there is none. */
  private table = new Int32Array(1 << 9);
  private count = 0;

  get size(): number {
    return this.count;
  }

  of(key: number): number {
    const { table, keys } = this;
    const mask = table.length - 1;
    let at = mixed(key) & mask;
    for (let found = table[at] as number; found !== 0; found = table[at] as number) {
      if (keys[found - 1] === key) return found - 1;
      at = (at + 1) & mask;
    }
    if (this.count === keys.length) {
      this.grow();
      return this.of(key);
    }
    keys[this.count] = key;
    this.count += 1;
    table[at] = this.count;
    return this.count - 1;
  }

  at(slot: number): number {
    return this.keys[slot] as number;
  }

  private grow(): void {
    const keys = new Float64Array(this.keys.length * 2);
    keys.set(this.keys);
    this.keys = keys;
    this.table = new Int32Array(keys.length * 2);
    const mask = this.table.length - 1;
    for (let slot = 0; slot < this.count; slot += 1) {
      let at = mixed(keys[slot] as number) & mask;
      while (this.table[at] !== 0) at = (at + 1) & mask;
      this.table[at] = slot + 1;
    }
  }
}

function mixed(key: number): number {
  const high = Math.floor(key / 0x1_0000_0000);
  const low = (key - high * 0x1_0000_0000) | 0;
  const word = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return word ^ (word >>> 15);
}
