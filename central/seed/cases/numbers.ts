import { partsOf, startOfDay } from '../../../shared/time/shanghai.ts';
import type { Prng } from '../prng.ts';
import type { Slot } from './slot.ts';

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));
const padded = (n: number, length: number): string => String(n).padStart(length, '0');

/** Hands out case numbers, XY-yyyy-mm-nnnn by Shanghai month, in the order in which cases are made. */
export class Numbers {
  private readonly last = new Map<string, number>();
  private day = { start: Number.NaN, month: '', date: '' };

  next(at: number): string {
    const { month } = this.dayOf(at);
    const n = (this.last.get(month) ?? 0) + 1;
    this.last.set(month, n);
    return `XY-${month}-${padded(n, 4)}`;
  }

  /** The number under which the source itself keeps the case, in that source's form; unique by the case's own key. */
  ofSource(slot: Pick<Slot, 'source' | 'at' | 'key' | 'place'>, prng: Prng): string {
    const { date } = this.dayOf(slot.at);
    const n = padded(slot.key % 1_000_000, 6);
    switch (slot.source) {
      case 'grid':
        return `WG${slot.place.code}-${date}-${n}`;
      case 'outreach':
        return `XC-${date}-${n}`;
      case 'selfReport':
        return `ZB${date}${n}`;
      case 'police110':
        return `350322${date}${n}`;
      case 'hotline12345':
        return `PT${date.slice(2)}${n}`;
      case 'publicOpinion':
        return `DY${padded(slot.key, 9)}${padded(prng.below(1_000_000_000), 10)}`;
      case 'other':
        return `XF350322${date}${n}`;
      default:
        return slot.source satisfies never;
    }
  }

  /** Cases come by time, so the last day asked for is nearly always the day. */
  private dayOf(at: number): { month: string; date: string } {
    const start = startOfDay(at);
    if (this.day.start !== start) {
      const { year, month, day } = partsOf(at);
      this.day = { start, month: `${year}-${two(month)}`, date: `${year}${two(month)}${two(day)}` };
    }
    return this.day;
  }
}
