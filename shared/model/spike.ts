import { addDays } from '../time/shanghai.ts';

/** The running days that are looked at, and how many as long before them are the village's own measure. */
export const spikeDays = 7;
export const spikeWeeks = 8;
/** Fewer than this is never a spike. */
export const spikeLeast = 5;

export interface Spike {
  /** Cases of the running 7 days. */
  n: number;
  /** Cases of each of the 8 × 7 days before, the oldest first. */
  weeks: number[];
  mean: number;
  least: number;
  most: number;
  /** More than this, and at least 5, is a spike. */
  threshold: number;
  spike: boolean;
}

/** [from, to) of the running days of `asOf`, and the instant the baseline begins. */
export function spikeSpan(asOf: number): { from: number; to: number; baselineFrom: number } {
  const from = addDays(asOf, -spikeDays);
  return { from, to: asOf, baselineFrom: addDays(from, -spikeDays * spikeWeeks) };
}

/** A village against itself: n ≥ 5 and n > mean + 3·√max(mean, 1), which is rare when cases come by chance (Poisson). [C] */
export function spikeOf(n: number, weeks: readonly number[]): Spike {
  const sum = weeks.reduce((total, each) => total + each, 0);
  const mean = weeks.length === 0 ? 0 : sum / weeks.length;
  const threshold = mean + 3 * Math.sqrt(Math.max(mean, 1));
  return {
    n,
    weeks: [...weeks],
    mean,
    least: Math.min(...weeks),
    most: Math.max(...weeks),
    threshold,
    spike: n >= spikeLeast && n > threshold,
  };
}
