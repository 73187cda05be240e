/**
 * Classes of the choropleth. Values and breaks are integers: a count, or a rate in tenths of a percent (915 is 91.5 %).
 * Breaks are the lower bounds of every class but the first, ascending: [3, 7] means below 3, 3 to 6, 7 and more.
 */
export type Breaks = readonly number[];

const CLASSES = 5;

/** Steps a person reads easily, times powers of ten. */
const NICE = [1, 1.5, 2, 3, 4, 5, 6, 8];

/**
 * Breaks for counts: quantiles of the distinct positions, moved up to a number that reads easily. Fewer classes where the counts do
 * not tell five apart. Depends on the values alone, so that it stays put while they do.
 */
export function countBreaks(values: readonly number[]): number[] {
  const sorted = values.filter((value) => value > 0).sort((a, b) => a - b);
  const breaks: number[] = [];
  for (let part = 1; part < CLASSES; part += 1) {
    const value = sorted[Math.floor((sorted.length * part) / CLASSES)];
    if (value === undefined) continue;
    const nice = niceAtLeast(Math.max(value, (breaks.at(-1) ?? 0) + 1));
    if (nice > (breaks.at(-1) ?? 0) && nice <= (sorted.at(-1) ?? 0)) breaks.push(nice);
  }
  return breaks;
}

/** Most sets of breaks remembered for one question: a year, a month, a day. */
const KEPT = 6;

/**
 * Breaks that stay put while the period changes, so that two maps can be compared by their colours: the first breaks of this session that
 * still tell these values apart are taken again, which they do not when most areas fall into one class. `before` is the `kept` of the last
 * answer for the same place and metric, oldest first.
 */
export function steadyBreaks(before: readonly Breaks[], values: readonly number[]): { breaks: Breaks; kept: Breaks[] } {
  const fresh = countBreaks(values);
  const enough = Math.min(3, classSizes(fresh, values).size);
  const crowd = Math.max(largest(classSizes(fresh, values)), Math.floor(values.length / 2));
  const fitting = before.find((breaks) => {
    const sizes = classSizes(breaks, values);
    return sizes.size >= enough && largest(sizes) <= crowd;
  });
  return fitting ? { breaks: fitting, kept: [...before] } : { breaks: fresh, kept: [...before, fresh].slice(-KEPT) };
}

function classSizes(breaks: Breaks, values: readonly number[]): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const value of values) {
    const index = classOf(value, breaks);
    sizes.set(index, (sizes.get(index) ?? 0) + 1);
  }
  return sizes;
}

function largest(sizes: ReadonlyMap<number, number>): number {
  return Math.max(0, ...sizes.values());
}

function niceAtLeast(value: number): number {
  for (let power = 1; ; power *= 10)
    for (const step of NICE) {
      const candidate = step * power;
      if (Number.isInteger(candidate) && candidate >= value) return candidate;
    }
}

/** Fixed breaks for rates, in tenths of a percent: the same in every period, so that two maps can be compared. */
export const rateBreaks = {
  /** A rate one wants low: 1, 2, 5, 10 %. */
  low: [10, 20, 50, 100],
  /** A rate one wants high: 85, 90, 95, 98 %. */
  high: [850, 900, 950, 980],
} as const satisfies Record<string, Breaks>;

/** Class of a value, 0 the lowest. */
export function classOf(value: number, breaks: Breaks): number {
  let index = 0;
  for (const bound of breaks) if (value >= bound) index += 1;
  return index;
}

/** Bounds of each class for a legend: both inclusive, `to` null for the last. Counts start at 0. */
export function classRanges(breaks: Breaks): { from: number; to: number | null }[] {
  return [0, ...breaks].map((from, index) => ({ from, to: index < breaks.length ? (breaks[index] ?? 0) - 1 : null }));
}

/** Index into a ramp of `size` colours for a class among `classes`: few classes spread over the whole ramp. */
export function rampIndex(index: number, classes: number, size: number): number {
  return classes <= 1 ? 0 : Math.round((index * (size - 1)) / (classes - 1));
}
