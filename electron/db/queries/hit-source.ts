import type { CaseFilter } from '../../../shared/model/case-filter.ts';
import { type ZoneRow, zoneSize } from '../search/zones.ts';
import type { Found } from '../search.ts';

/** Cases that may belong to a list. */
export interface Lot {
  /** The best place that one of them may have; a place is the list's key, negative where it descends. */
  best: number;
  count: number;
  cases(): Iterable<number>;
}

/** Hands out lots, those first that may stand first. */
export class HitSource {
  private readonly lots: readonly Lot[];
  private next = 0;

  /** `lots` in the order of `best`. */
  constructor(lots: readonly Lot[]) {
    this.lots = lots;
  }

  /** The next lots that together have at least `count` cases, or all that are left. */
  take(count: number): number[] {
    const taken: number[] = [];
    for (let lot = this.lots[this.next]; lot !== undefined && taken.length < count; lot = this.lots[this.next]) {
      for (const n of lot.cases()) taken.push(n);
      this.next += 1;
    }
    return taken;
  }

  /** The best place of those not handed out; null: there are none. */
  best(): number | null {
    return this.lots[this.next]?.best ?? null;
  }
}

/** All of them at once. */
export function oneLot(count: number, cases: () => Iterable<number>): Lot[] {
  return count === 0 ? [] : [{ best: Number.NEGATIVE_INFINITY, count, cases }];
}

/** The candidates by zones; zones without a case of the period are left out. Those of which no zone tells come first. */
export function lotsByZone(
  found: Found,
  zones: readonly ZoneRow[],
  key: 'due_at' | 'recorded_at',
  { from, to }: CaseFilter['period'],
): Lot[] {
  const lots = oneLot(found.fresh.count(), () => found.fresh.values());
  const counts = found.settled.countByRun(zoneSize);
  for (const [zone, recordedFrom, recordedTo, dueFrom] of zones) {
    const count = counts.get(zone);
    if (count === undefined || (from !== null && recordedTo < from) || (to !== null && recordedFrom >= to)) continue;
    const best = key === 'due_at' ? dueFrom : -recordedTo;
    lots.push({ best, count, cases: () => found.settled.valuesOfRun(zone, zoneSize) });
  }
  return lots.sort((a, b) => a.best - b.best);
}
