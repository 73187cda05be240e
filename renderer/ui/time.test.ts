import { describe, expect, it } from 'vitest';
import { instantOf } from '../../shared/time/shanghai.ts';
import { absoluteText, dayText, momentText, spanText } from './time.ts';

const words = (key: string, values: Record<string, string | number> = {}): string =>
  [key.replace('time:', ''), ...Object.values(values)].join(' ');
const now = instantOf({ year: 2023, month: 8, day: 21, hour: 20 });
const minute = 60_000;
const hour = 60 * minute;

describe('times on the desk', () => {
  it('a span keeps its two largest units and drops a zero one', () => {
    expect(spanText(52 * hour + 7 * minute, words)).toBe('span.daysHours 2 4');
    expect(spanText(48 * hour + 7 * minute, words)).toBe('span.days 2');
    expect(spanText(3 * hour + 12 * minute, words)).toBe('span.hoursMinutes 3 12');
    expect(spanText(3 * hour, words)).toBe('span.hours 3');
    expect(spanText(12 * minute, words)).toBe('span.minutes 12');
    expect(spanText(999, words)).toBe('span.underMinute');
  });

  it('a moment is relative within half a day, then named by its day', () => {
    expect(momentText(now, now, words)).toBe('justNow');
    expect(momentText(now - 23 * minute, now, words)).toBe('minutesAgo 23');
    expect(momentText(now - 2 * hour, now, words)).toBe('hoursAgo 2');
    expect(momentText(now - 13 * hour, now, words)).toBe('today 07:00');
    expect(momentText(now - 23 * hour, now, words)).toBe('yesterday 21:00');
    expect(momentText(now - 51 * hour, now, words)).toBe('8-19 17:00');
  });

  it('a moment of another year carries its year', () => {
    expect(dayText(instantOf({ year: 2022, month: 8, day: 19 }), now)).toBe('2022-08-19');
  });

  it('a clock that is seconds ahead does not make the future', () => {
    expect(momentText(now + 30_000, now, words)).toBe('justNow');
    expect(momentText(now + 2 * hour, now, words)).toBe('today 22:00');
  });

  it('the absolute form names the weekday of the county', () => {
    expect(absoluteText(now, words)).toBe('2023-08-21 weekday.1 20:00');
  });
});
