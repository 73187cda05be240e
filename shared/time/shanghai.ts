/**
 * Calendar of Asia/Shanghai as the county uses it: UTC+8 the whole year, no summer time (true for every instant since 1991-09-15). Integer
 * arithmetic only, so that a machine's time zone, locale data or engine cannot change a deadline. Instants are UTC epoch milliseconds.
 */
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;
const offsetMs = 8 * hourMs;

/** `month` and `day` from 1; `weekday` 1 = Monday … 7 = Sunday. */
export interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
}
/** What is needed to name an instant; a missing time is midnight. */
export type PartsInput = Pick<Parts, 'year' | 'month' | 'day'> &
  Partial<Pick<Parts, 'hour' | 'minute' | 'second'>> & { millisecond?: number };

/** Days since 1970-01-01 on the Shanghai calendar. */
function dayNumberOf(t: number): number {
  return Math.floor((t + offsetMs) / dayMs);
}
function startOfDayNumber(day: number): number {
  return day * dayMs - offsetMs;
}

/** Day number of a date of the Gregorian calendar; `month` may run past 12 or below 1. Years begin in March, so that 29 Feb is the last day. */
function dayNumberFrom(year: number, month: number, day: number): number {
  const months = year * 12 + (month - 1);
  const y = Math.floor((months - 2) / 12);
  const m = months - 2 - y * 12;
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return y * 365 + leapDays + Math.floor((153 * m + 2) / 5) + day - 1 - 719_468;
}

function dateOf(dayNumber: number): { year: number; month: number; day: number } {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const ofEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * ofYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}

export function partsOf(t: number): Parts {
  const dayNumber = dayNumberOf(t);
  const ofDay = t - startOfDayNumber(dayNumber);
  return {
    ...dateOf(dayNumber),
    hour: Math.floor(ofDay / hourMs),
    minute: Math.floor(ofDay / minuteMs) % 60,
    second: Math.floor(ofDay / 1000) % 60,
    weekday: weekdayOf(dayNumber),
  };
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(dayNumber: number): number {
  return ((((dayNumber + 3) % 7) + 7) % 7) + 1;
}

export function instantOf(parts: PartsInput): number {
  return (
    startOfDayNumber(dayNumberFrom(parts.year, parts.month, parts.day)) +
    (parts.hour ?? 0) * hourMs +
    (parts.minute ?? 0) * minuteMs +
    (parts.second ?? 0) * 1000 +
    (parts.millisecond ?? 0)
  );
}

export function startOfDay(t: number): number {
  return startOfDayNumber(dayNumberOf(t));
}

/** Same time of day, `days` calendar days later (earlier when negative). */
export function addDays(t: number, days: number): number {
  return t + days * dayMs;
}

/** Monday 00:00. */
export function startOfWeek(t: number): number {
  const day = dayNumberOf(t);
  return startOfDayNumber(day - (weekdayOf(day) - 1));
}

export function startOfMonth(t: number): number {
  const { year, month } = partsOf(t);
  return instantOf({ year, month, day: 1 });
}

export function startOfYear(t: number): number {
  return instantOf({ year: partsOf(t).year, month: 1, day: 1 });
}

/** First instant of the month `months` after that of `t`. */
export function startOfMonthPlus(t: number, months: number): number {
  const { year, month } = partsOf(t);
  return instantOf({ year, month: month + months, day: 1 });
}

export function daysInMonth(year: number, month: number): number {
  return dayNumberFrom(year, month + 1, 1) - dayNumberFrom(year, month, 1);
}

/** `yyyy-mm-dd`, the id of a calendar day. */
export function dateKey(t: number): string {
  const { year, month, day } = partsOf(t);
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** First instant of the day; null when the text is not a date that exists. */
export function fromDateKey(key: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(key);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return instantOf({ year, month, day });
}

/** `2023-08-21 20:00`. */
export function formatDateTime(t: number): string {
  const { hour, minute } = partsOf(t);
  return `${dateKey(t)} ${two(hour)}:${two(minute)}`;
}

/** `20:00`. */
export function formatTime(t: number): string {
  return formatDateTime(t).slice(11);
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
