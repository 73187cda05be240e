/** A rate as integers: `permille` tenths of a percent, half up; null where the denominator is 0 (the screen writes "—"). */
export interface Rate {
  numerator: number;
  denominator: number;
  permille: number | null;
}

/** numerator/denominator in tenths of a percent, half up, integers only: 3330/3638 → 915, printed 91.5 %. Both ≥ 0 and below 2^43. */
export function rateOf(numerator: number, denominator: number): Rate {
  return { numerator, denominator, permille: denominator === 0 ? null : halfUp(numerator * 1000, denominator) };
}

/** (now − then)/then in tenths of a percent, half away from zero; null where `then` is 0. 48 against 100 → −520, printed −52.0 %. */
export function changeOf(now: number, then: number): number | null {
  if (then === 0) return null;
  const size = halfUp(Math.abs(now - then) * 1000, then);
  return now < then && size > 0 ? -size : size;
}

/** Prints tenths of a percent: 915 → "91.5%", −520 → "−52.0%" (true minus sign), null → "—". */
export function formatPermille(permille: number | null): string {
  if (permille === null) return '—';
  const size = Math.abs(permille);
  const sign = permille < 0 ? '−' : '';
  return `${sign}${Math.trunc(size / 10)}.${size % 10}%`;
}

/** Splits 100.0 % over counts by the largest remainder, so that the printed parts sum to 1000; all null when the sum is 0. */
export function sharesOf(counts: readonly number[]): (number | null)[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => null);
  const parts = counts.map((count, index) => ({
    index,
    whole: Math.floor((count * 1000) / total),
    rest: (count * 1000) % total,
  }));
  let left = 1000 - parts.reduce((sum, part) => sum + part.whole, 0);
  const shares = parts.map((part) => part.whole);
  for (const part of [...parts].sort((a, b) => b.rest - a.rest || a.index - b.index)) {
    if (left === 0) break;
    shares[part.index] = part.whole + 1;
    left -= 1;
  }
  return shares;
}

function halfUp(numerator: number, denominator: number): number {
  return Math.floor((2 * numerator + denominator) / (2 * denominator));
}
