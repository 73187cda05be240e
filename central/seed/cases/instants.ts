import { dayMs, hourMs, partsOf, startOfDay } from '../../../shared/time/shanghai.ts';
import { type Prng, Weighted } from '../prng.ts';
import { hours, weekdays } from './weights.ts';

/** Draws `count` instants of [from, to), ascending: by weekday, then by hour of the day; `lift` makes days of a later part busier (percent). */
export function instantsOf(
  from: number,
  to: number,
  count: number,
  prng: Prng,
  lift: { from: number; percent: number } = { from: to, percent: 100 },
): number[] {
  const days: [number, number][] = [];
  for (let day = startOfDay(from); day < to; day += dayMs) {
    const plain = weekdays[partsOf(day).weekday - 1] as number;
    // A first or last day that is not whole gets its part of the cases.
    const part = Math.min(to, day + dayMs) - Math.max(from, day);
    const weight = Math.floor((plain * (day >= lift.from ? lift.percent : 100) * Math.floor(part / hourMs)) / 24);
    days.push([day, weight + 1]);
  }
  const byDay = new Weighted(days);
  const instants: number[] = [];
  while (instants.length < count) {
    const at = byDay.draw(prng) + hours.draw(prng) * hourMs + prng.below(3600) * 1000 + prng.below(1000);
    if (at >= from && at < to) instants.push(at);
  }
  return instants.sort((a, b) => a - b);
}

/** Moves an instant of the night to the next morning, into the first two office hours. */
export function toDaytime(at: number, prng: Prng): number {
  const midnight = startOfDay(at);
  const ofDay = at - midnight;
  if (ofDay >= 7 * hourMs && ofDay < 22 * hourMs) return at;
  const morning = midnight + (ofDay >= 22 * hourMs ? dayMs : 0) + 8 * hourMs;
  return morning + prng.below(2 * hourMs);
}
