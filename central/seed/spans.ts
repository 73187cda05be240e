import { dayMs } from '../../shared/time/shanghai.ts';

export const weekMs = 7 * dayMs;

/** Monday 2023-08-21 20:00 +08:00: the evening of a supervision session, about which the history is built. */
export const baseAnchor = Date.UTC(2023, 7, 21, 12);
const baseFrom = Date.UTC(2022, 11, 31, 16);
const basePreviousFrom = Date.UTC(2021, 11, 31, 16);

/** Instants of one seed set, epoch ms. */
export interface Spans {
  /** Added to every instant of the unshifted history. */
  shiftMs: number;
  /** Start of the year before, [previousFrom, from). */
  previousFrom: number;
  /** Start of the statistical year, [from, anchor). */
  from: number;
  anchor: number;
  /** Nothing is generated beyond: the next whole-week shift takes over before. */
  end: number;
  /** Nothing later than this exists in the set. */
  now: number;
}

/** The largest whole number of weeks by which the history can move without its anchor passing `now` (epoch ms). */
export function anchorShiftFor(now: number): number {
  return Math.floor((now - baseAnchor) / weekMs);
}

export function spansOf(anchorShiftWeeks: number, now: number): Spans {
  const shiftMs = anchorShiftWeeks * weekMs;
  const anchor = baseAnchor + shiftMs;
  return {
    shiftMs,
    previousFrom: basePreviousFrom + shiftMs,
    from: baseFrom + shiftMs,
    anchor,
    end: anchor + 8 * dayMs,
    now,
  };
}
