import { dateKey, dayMs, fromDateKey, partsOf } from '../time/shanghai.ts';
import { holidayNotices } from './holidays.ts';
import type { CalendarDay } from './register.ts';

type Day = Pick<CalendarDay, 'id' | 'working' | 'name'>;

/** Which days are worked. A day without an entry follows the plain week: Monday to Friday. */
export interface WorkCalendar {
  isWorking(t: number): boolean;
  /** Whether the year's holidays have been entered; in a year without, working-day deadlines know only weekends, and the screen warns. */
  coversYear(year: number): boolean;
}

/**
 * Calendar of the rows of the table `calendar_day` and the years that setting `calendarCoverage` names. A year counts as covered when it is
 * named there, or, without that setting, when it has an entry.
 */
export function createCalendar(days: readonly Day[], coverage: readonly number[] | null = null): WorkCalendar {
  const byKey = new Map(days.map((day) => [day.id, day.working]));
  const years = new Set(coverage ?? days.map((day) => Number(day.id.slice(0, 4))));
  return {
    isWorking: (t) => byKey.get(dateKey(t)) ?? partsOf(t).weekday <= 5,
    coversYear: (year) => years.has(year),
  };
}

/** Entries of the built-in notices, one a day, by date: what a new server's calendar starts with. */
export function builtInCalendarDays(): Day[] {
  const days = new Map<string, Day>();
  for (const { year, off, worked } of holidayNotices) {
    for (const [name, first, last] of off)
      for (let t = instantOfDay(year, first); t <= instantOfDay(year, last); t += dayMs)
        days.set(dateKey(t), { id: dateKey(t), working: false, name });
    for (const [name, day] of worked)
      days.set(keyOf(year, day), { id: keyOf(year, day), working: true, name: `${name}调休上班` });
  }
  return [...days.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Years of the built-in notices: the first value of setting `calendarCoverage`. */
export const builtInCoverage: readonly number[] = holidayNotices.map((notice) => notice.year);

/** The calendar of the built-in notices alone. */
export function builtInCalendar(): WorkCalendar {
  return createCalendar(builtInCalendarDays(), builtInCoverage);
}

function keyOf(year: number, day: string): string {
  return day.length === 5 ? `${year}-${day}` : day;
}

function instantOfDay(year: number, day: string): number {
  const t = fromDateKey(keyOf(year, day));
  if (t === null) throw new RangeError(`holiday notice of ${year} names no date: ${day}`);
  return t;
}
