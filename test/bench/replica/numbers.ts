import { median } from '../figures.ts';
import type { Times } from './worker.ts';

/** The value below which `percent` of 100 of the values lie (nearest rank). Throws on none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
  if (found === undefined) throw new Error('no measurement to take a percentile of');
  return found;
}

/** The slowest questions by their median, "name 12.3 ms", slowest first. */
export function slowest(times: readonly Times[], count: number): string[] {
  return times
    .map(({ name, answers }) => ({ name, ms: median(answers) }))
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, count)
    .map(({ name, ms }) => `${name} ${ms.toFixed(1)} ms`);
}
