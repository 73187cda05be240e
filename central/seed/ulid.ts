import type { Prng } from './prng.ts';

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const digit = (n: number): string => digits[n & 31] as string;

/** A ULID-shaped id: ten characters of the row's instant (epoch ms ≥ 0), sixteen from the generator. So ids sort by time and repeat with the seed. */
export function ulidOf(at: number, prng: Prng): string {
  const high = Math.floor(at / 0x2000_0000);
  const low = at % 0x2000_0000;
  let id = digit(high >>> 15) + digit(high >>> 10) + digit(high >>> 5) + digit(high);
  for (let shift = 25; shift >= 0; shift -= 5) id += digit(low >>> shift);
  for (let word = 0; word < 4; word += 1) {
    const bits = prng.bits();
    id += digit(bits >>> 27) + digit(bits >>> 22) + digit(bits >>> 17) + digit(bits >>> 12);
  }
  return id;
}
