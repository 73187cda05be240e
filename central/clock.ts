import type { Clock } from '../shared/clock.ts';

/** The machine's clock; with `start` (epoch ms) one that stood at that instant when it was made and runs on from there. */
export function createClock(start: number | null = null): Clock {
  const offset = start === null ? 0 : start - Date.now();
  return { now: () => Date.now() + offset };
}
