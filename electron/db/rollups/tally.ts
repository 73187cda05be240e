import { countMetricNames } from '../../../shared/model/metrics/dictionary.ts';
import { bitsSql, countedSql, type Measure, settledSql } from './measures.ts';
import { firstOf, pairOf, Slots, secondOf } from './slots.ts';
import { integers, type Key, keySql, keysOf, measuresOf, type Rollup } from './tables.ts';

const keys = Object.keys(keySql) as Key[];
const bitsAt = keys.length;
const metrics = countMetricNames.length;

/** What the tally takes of a case, in the order of `CaseRow`: its keys, its count metrics as bits of one number, its place. */
export const tallySql = `SELECT ${keys.map((key) => keySql[key]).join(', ')}, ${bitsSql}, ${settledSql('sumX')}, ${settledSql('sumY')}
  FROM cases c WHERE ${countedSql} AND c.n >= :from AND c.n < :to`;
export type CaseRow = readonly (string | number)[];

/** Values of one key; a value's code is its place in the order they are met. */
interface Codes {
  readonly size: number;
  of(value: string | number): number;
  at(code: number): string | number;
}

class TextCodes implements Codes {
  private readonly values: string[] = [];
  private readonly codes = new Map<string, number>();

  get size(): number {
    return this.values.length;
  }

  of(value: string): number {
    const known = this.codes.get(value);
    if (known !== undefined) return known;
    this.codes.set(value, this.values.length);
    this.values.push(value);
    return this.values.length - 1;
  }

  at(code: number): string {
    return this.values[code] as string;
  }
}

/** Place of each code's value among all in ascending order. */
function ranksOf(codes: Codes): Int32Array {
  const ranks = new Int32Array(codes.size);
  const order = Array.from(ranks, (_, code) => code).sort((a, b) => (codes.at(a) < codes.at(b) ? -1 : 1));
  for (const [rank, code] of order.entries()) ranks[code] = rank;
  return ranks;
}

/** The sums of one rollup while they grow. */
interface Group {
  rollup: Rollup;
  keys: readonly Key[];
  /** Where the codes of the first one or two keys and of the rest stand among a case's codes. */
  left: number;
  right: number;
  slots: Slots;
  counts: Int32Array;
  places: Float64Array | null;
}

/**
 * Adds up rollups case by case, all in one pass. The database says of each case what it counts for (so that a formula exists once) and this adds it where it
 * belongs: keys become small whole numbers, two of them one number, so that nothing is compared but numbers. Some 100 MB at a million cases.
 */
export class Tally {
  private readonly codes = new Map<Key, Codes>(
    keys.map((key) => [key, integers.has(key) ? new Slots() : new TextCodes()]),
  );
  private readonly codeOf = [...this.codes.values()];
  /** Pairs of codes that several rollups are divided by: made a code once a case. */
  private readonly pairs: { first: number; second: number; slots: Slots }[] = [];
  private readonly groups: readonly Group[];
  /** Of the case at hand: codes of its keys, then of its pairs, then 0. */
  private readonly present: Int32Array;

  constructor(rollups: readonly Rollup[]) {
    this.groups = rollups.map((rollup) => this.groupOf(rollup));
    this.present = new Int32Array(keys.length + this.pairs.length + 1);
    for (const group of this.groups) if (group.right < 0) group.right = this.present.length - 1;
  }

  add(row: CaseRow): void {
    const { present, codeOf, pairs, groups } = this;
    for (let at = 0; at < codeOf.length; at += 1) present[at] = (codeOf[at] as Codes).of(row[at] as string | number);
    for (let at = 0; at < pairs.length; at += 1) {
      const { first, second, slots } = pairs[at] as (typeof pairs)[number];
      present[bitsAt + at] = slots.of(pairOf(present[first] as number, present[second] as number));
    }
    const bits = row[bitsAt] as number;
    for (let at = 0; at < groups.length; at += 1) {
      const group = groups[at] as Group;
      const slot = group.slots.of(pairOf(present[group.left] as number, present[group.right] as number));
      if ((slot + 1) * metrics > group.counts.length) grow(group);
      const { counts, places } = group;
      const base = slot * metrics;
      for (let rest = bits; rest !== 0; rest &= rest - 1) {
        const which = base + 31 - Math.clz32(rest & -rest);
        counts[which] = (counts[which] as number) + 1;
      }
      if (places === null) continue;
      places[slot * 2] = (places[slot * 2] as number) + (row[bitsAt + 1] as number);
      places[slot * 2 + 1] = (places[slot * 2 + 1] as number) + (row[bitsAt + 2] as number);
    }
  }

  /** Rows of a rollup as its table holds them, in the order of its primary key. The array given is used again for the next row. */
  *rows(rollup: Rollup): Generator<(string | number)[]> {
    const group = this.groups.find((one) => one.rollup === rollup);
    if (group === undefined) return;
    const width = group.keys.length;
    const codes = new Int32Array(group.slots.size * width);
    for (let slot = 0; slot < group.slots.size; slot += 1) codes.set(this.codesAt(group, slot), slot * width);
    const row: (string | number)[] = [];
    const columns = group.keys.map((key) => this.codes.get(key) as Codes);
    for (const slot of this.ordered(codes, columns)) {
      for (let at = 0; at < width; at += 1) row[at] = (columns[at] as Codes).at(codes[slot * width + at] as number);
      for (let at = 0; at < metrics; at += 1) row[width + at] = group.counts[slot * metrics + at] as number;
      if (group.places) {
        row[width + metrics] = group.places[slot * 2] as number;
        row[width + metrics + 1] = group.places[slot * 2 + 1] as number;
      }
      yield row;
    }
  }

  private groupOf(rollup: Rollup): Group {
    const of = keysOf(rollup);
    const border = of.length > 2 ? 2 : 1;
    return {
      rollup,
      keys: of,
      left: this.nodeOf(of.slice(0, border)),
      right: this.nodeOf(of.slice(border)),
      slots: new Slots(),
      counts: new Int32Array(metrics << 8),
      places: hasPlaces(measuresOf(rollup)) ? new Float64Array(2 << 8) : null,
    };
  }

  /** Where the code of one or two keys stands; −1 for none. */
  private nodeOf(of: readonly Key[]): number {
    const [first, second] = of.map((key) => keys.indexOf(key));
    if (first === undefined) return -1;
    if (second === undefined) return first;
    let at = this.pairs.findIndex((pair) => pair.first === first && pair.second === second);
    if (at < 0) at = this.pairs.push({ first, second, slots: new Slots() }) - 1;
    return bitsAt + at;
  }

  private codesAt(group: Group, slot: number): number[] {
    const key = group.slots.at(slot);
    return [...this.codesOf(group.left, firstOf(key)), ...this.codesOf(group.right, secondOf(key))].slice(
      0,
      group.keys.length,
    );
  }

  private codesOf(node: number, code: number): number[] {
    const pair = this.pairs[node - bitsAt];
    if (pair === undefined) return [code];
    const key = pair.slots.at(code);
    return [firstOf(key), secondOf(key)];
  }

  /** Slots in the order of their keys: a table that is filled in its order is filled faster and without holes. */
  private ordered(codes: Int32Array, columns: readonly Codes[]): Uint32Array {
    const width = columns.length;
    const ranks = columns.map(ranksOf);
    const ranked = codes.map((code, at) => (ranks[at % width] as Int32Array)[code] as number);
    return Uint32Array.from({ length: codes.length / width }, (_, slot) => slot).sort((a, b) => {
      for (let at = 0; at < width; at += 1) {
        const step = (ranked[a * width + at] as number) - (ranked[b * width + at] as number);
        if (step !== 0) return step;
      }
      return 0;
    });
  }
}

function hasPlaces(measures: readonly Measure[]): boolean {
  return measures.includes('sumX');
}

function grow(group: Group): void {
  const counts = new Int32Array(group.counts.length * 2);
  counts.set(group.counts);
  group.counts = counts;
  if (group.places === null) return;
  const places = new Float64Array(group.places.length * 2);
  places.set(group.places);
  group.places = places;
}
