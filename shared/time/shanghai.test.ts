import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateKey,
  dayMs,
  formatDateTime,
  fromDateKey,
  instantOf,
  partsOf,
  startOfDay,
  startOfMonth,
  startOfWeek,
  startOfYear,
} from './shanghai.ts';

/** The engine's own UTC calendar, moved by eight hours: an independent reckoning. */
function oracle(t: number) {
  const d = new Date(t + 8 * 3_600_000);
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    weekday: d.getUTCDay() === 0 ? 7 : d.getUTCDay(),
  };
}
const anyInstant = fc.integer({ min: Date.UTC(1950, 0, 1), max: Date.UTC(2200, 0, 1) });

describe('the Shanghai calendar', () => {
  it('agrees with an independent calendar at any instant, also before 1970', () => {
    fc.assert(
      fc.property(anyInstant, (t) => {
        expect(partsOf(t)).toEqual(oracle(t));
      }),
    );
  });

  it('gives back the instant its parts name', () => {
    fc.assert(
      fc.property(anyInstant, (t) => {
        const millisecond = ((t % 1000) + 1000) % 1000;
        expect(instantOf({ ...partsOf(t), millisecond })).toBe(t);
      }),
    );
  });

  it('keeps 23:59:59.999 of every day of 2023–2028 inside its day, week, month and year', () => {
    const end = instantOf({ year: 2029, month: 1, day: 1 });
    for (let day = instantOf({ year: 2023, month: 1, day: 1 }); day < end; day += dayMs) {
      const last = day + dayMs - 1;
      expect(startOfDay(last)).toBe(day);
      expect(startOfDay(last + 1)).toBe(day + dayMs);
      expect(dateKey(last)).toBe(dateKey(day));
      expect(fromDateKey(dateKey(day))).toBe(day);
      expect(partsOf(startOfWeek(last)).weekday).toBe(1);
      expect(last - startOfWeek(last)).toBeLessThan(7 * dayMs);
      expect(partsOf(startOfMonth(last))).toMatchObject({ month: partsOf(day).month, day: 1, hour: 0 });
      expect(partsOf(startOfYear(last))).toMatchObject({ year: partsOf(day).year, month: 1, day: 1, hour: 0 });
    }
  });

  it('takes the anchor of the statistics for what it is: Monday 2023-08-21 20:00', () => {
    const anchor = instantOf({ year: 2023, month: 8, day: 21, hour: 20 });
    expect(anchor).toBe(Date.parse('2023-08-21T20:00:00+08:00'));
    expect(formatDateTime(anchor)).toBe('2023-08-21 20:00');
    expect(partsOf(anchor).weekday).toBe(1);
    // 233 days with their first and last: 7,276 cases, 31 a day.
    expect(dateKey(addDays(anchor, -232))).toBe('2023-01-01');
  });

  it('refuses dates that do not exist', () => {
    for (const key of ['2023-02-29', '2023-13-01', '2023-00-10', '2023-04-31', '2023-4-1', 'today', ''])
      expect(fromDateKey(key)).toBeNull();
    expect(fromDateKey('2024-02-29')).not.toBeNull();
  });
});
