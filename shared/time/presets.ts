import type { Period } from '../model/case-filter.ts';
import {
  addDays,
  dateKey,
  dayMs,
  daysInMonth,
  instantOf,
  partsOf,
  startOfDay,
  startOfMonth,
  startOfMonthPlus,
  startOfWeek,
} from './shanghai.ts';

export const presetKeys = ['today', 'week', 'month', 'statYear', 'all'] as const;
/** 今日, 本周, 本月, 本统计年度, 全部. */
export type PresetKey = (typeof presetKeys)[number];
/** Bounded on both sides, half-open, epoch ms. */
export interface Span {
  from: number;
  to: number;
}
export interface PresetOptions {
  /** The whole previous period instead of the same elapsed span. */
  fullPrevious: boolean;
  /** Start of the statistical year (setting `statYear.from`). */
  statYearFrom: number;
  /** Start of the year before it (setting `statYear.previousFrom`); by default the same date a year earlier. */
  statYearPreviousFrom?: number;
}

/**
 * The period up to `now` and the one it is compared with. By default the previous one has the same elapsed span (on Wednesday noon: Monday to
 * Wednesday noon of last week), cut at the end of a shorter month. `all` has no previous one.
 */
export function presetPeriods(
  key: PresetKey,
  now: number,
  options: PresetOptions,
): { current: Period; previous: Span | null } {
  if (key === 'all') return { current: { from: null, to: null }, previous: null };
  const { from, before } = startsOf(key, now, options);
  const to = Math.max(from, now);
  return { current: { from, to }, previous: { from: before, to: previousEnd(from, before, to, options.fullPrevious) } };
}

function startsOf(key: Exclude<PresetKey, 'all'>, now: number, options: PresetOptions) {
  switch (key) {
    case 'today': {
      const from = startOfDay(now);
      return { from, before: addDays(from, -1) };
    }
    case 'week': {
      const from = startOfWeek(now);
      return { from, before: addDays(from, -7) };
    }
    case 'month':
      return { from: startOfMonth(now), before: startOfMonthPlus(now, -1) };
    case 'statYear': {
      const from = options.statYearFrom;
      return { from, before: options.statYearPreviousFrom ?? yearEarlier(from) };
    }
    default:
      return key satisfies never;
  }
}

function previousEnd(from: number, before: number, to: number, full: boolean): number {
  return full ? from : Math.min(from, before + (to - from));
}

/** 环比 of any range: the span of the same length just before it. */
export function spanJustBefore(period: Span): Span {
  return { from: period.from - (period.to - period.from), to: period.from };
}

/**
 * 同比 of any range: the same dates last year, 29 Feb as 28 Feb. The end is moved by its last included instant, so that a range that ends with
 * 28 Feb of a leap year covers all of 28 Feb of the year before, and a whole February a whole February.
 */
export function sameDatesLastYear(period: Span): Span {
  const from = yearEarlier(period.from);
  return { from, to: period.to <= period.from ? from : yearEarlier(period.to - 1) + 1 };
}

/** Same date and time a year earlier; 29 Feb becomes 28 Feb. */
export function yearEarlier(t: number): number {
  const { year, month, day } = partsOf(t);
  const sameDay = Math.min(day, daysInMonth(year - 1, month));
  return instantOf({ year: year - 1, month, day: sameDay }) + (t - startOfDay(t));
}

/** Start instants of the days of a span, oldest first: the columns of a daily chart. */
export function daysOf(period: Span): number[] {
  const days: number[] = [];
  for (let day = startOfDay(period.from); day < period.to; day += dayMs) days.push(day);
  return days;
}

/** Whether a span is whole days; the screen then writes dates without times. */
export function isWholeDays(period: Span): boolean {
  return startOfDay(period.from) === period.from && startOfDay(period.to) === period.to;
}

/** `2023-08-14 – 2023-08-20` for whole days: the last day is the last one included. */
export function dateRangeText(period: Span): string {
  const last = dateKey(Math.max(period.from, period.to - 1));
  const first = dateKey(period.from);
  return first === last ? first : `${first} – ${last}`;
}
