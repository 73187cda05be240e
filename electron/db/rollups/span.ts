import type { Period } from '../../../shared/model/case-filter.ts';
import { partsOf, startOfMonth, startOfMonthPlus } from '../../../shared/time/shanghai.ts';

/** A stretch of `recorded_at` read from the cases themselves, half-open, to be added (1) or taken away (−1). */
export interface Edge {
  from: number;
  to: number;
  sign: 1 | -1;
}

/** A period as whole months (YYYYMM, both included; null: none) and edges. */
export interface Span {
  months: { first: number; last: number } | null;
  edges: Edge[];
}

const firstMonth = 0;
const lastMonth = 999_999;
/** Beyond these the column `recorded_month` no longer tells months apart. */
const earliest = Date.UTC(1971, 0);
const latest = Date.UTC(9000, 0);

export function monthOf(t: number): number {
  const { year, month } = partsOf(t);
  return year * 100 + month;
}

/**
 * Divides a period. A month that the period cuts is either taken whole less what lies outside, or left out and what lies inside added, whichever reads fewer
 * cases; `sizeOf` tells how many a stretch has. Null where months cannot express it.
 */
export function spanOf(period: Period, sizeOf: (from: number, to: number) => number): Span | null {
  const { from, to } = period;
  for (const bound of [from, to]) if (bound !== null && (bound < earliest || bound > latest)) return null;
  if (from !== null && to !== null && from >= to) return { months: null, edges: [] };
  const edges: Edge[] = [];
  let first = firstMonth;
  let last = lastMonth;
  const cutAt = (t: number) => {
    const start = startOfMonth(t);
    const end = startOfMonthPlus(t, 1);
    return { start, end, before: t === start ? 0 : sizeOf(start, t), after: t === start ? 1 : sizeOf(t, end) };
  };
  if (from !== null) {
    const { start, end, before, after } = cutAt(from);
    const whole = before <= after;
    if (whole && from > start) edges.push({ from: start, to: from, sign: -1 });
    if (!whole) edges.push({ from, to: end, sign: 1 });
    first = monthOf(whole ? start : end);
  }
  if (to !== null) {
    const { start, end, before, after } = cutAt(to);
    const whole = to > start && after <= before;
    if (whole) edges.push({ from: to, to: end, sign: -1 });
    if (!whole && to > start) edges.push({ from: start, to, sign: 1 });
    last = monthOf(whole ? start : start - 1);
  }
  // Both cuts in one month, and it was left out at both: the period itself is all there is to read.
  if (first > last && from !== null && to !== null) return { months: null, edges: [{ from, to, sign: 1 }] };
  return { months: { first, last }, edges };
}
