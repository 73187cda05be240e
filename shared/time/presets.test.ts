import { describe, expect, it } from 'vitest';
import { dateRangeText, presetPeriods, sameDatesLastYear, spanJustBefore } from './presets.ts';
import { dayMs, fromDateKey, instantOf, partsOf, startOfMonth } from './shanghai.ts';

const at = (key: string, ms = 0) => (fromDateKey(key) as number) + ms;
const statYearFrom = at('2023-01-01');
const same = { fullPrevious: false, statYearFrom };
const full = { fullPrevious: true, statYearFrom };

/** 00:00, a second before noon and 23:59:59.999 of every day of six years, two of them leap years. */
function* everyNow(): Generator<number> {
  const end = at('2029-01-01');
  for (let day = at('2023-01-01'); day < end; day += dayMs) for (const ms of [0, 43_199_000, dayMs - 1]) yield day + ms;
}

describe('comparison presets', () => {
  it('compare the same elapsed span on every day of 2023–2028, never reaching into the current period', () => {
    for (const now of everyNow())
      for (const key of ['today', 'week', 'month', 'statYear'] as const) {
        const { current, previous } = presetPeriods(key, now, same);
        const from = current.from as number;
        expect(current.to).toBe(now);
        expect(previous?.to).toBeLessThanOrEqual(from);
        const elapsed = now - from;
        const past = (previous?.to as number) - (previous?.from as number);
        if (key === 'today' || key === 'week') expect(past).toBe(elapsed);
        else expect(past).toBe(Math.min(elapsed, from - (previous?.from as number)));
      }
  });

  it('take the whole previous period on request: it ends where the current one begins', () => {
    for (const now of everyNow())
      for (const key of ['today', 'week', 'month'] as const) {
        const { current, previous } = presetPeriods(key, now, full);
        expect(previous?.to).toBe(current.from);
        if (key === 'month') expect(previous?.from).toBe(startOfMonth((current.from as number) - 1));
        if (key === 'week') expect(partsOf(previous?.from as number).weekday).toBe(1);
      }
  });

  it('start the week on Monday, also on a Sunday night', () => {
    const { current } = presetPeriods('week', at('2023-08-27', dayMs - 1), same);
    expect(current.from).toBe(at('2023-08-21'));
  });

  it('cut 31 March 20:00 to the whole of a shorter February', () => {
    const now = instantOf({ year: 2023, month: 3, day: 31, hour: 20 });
    expect(presetPeriods('month', now, same).previous).toEqual({ from: at('2023-02-01'), to: at('2023-03-01') });
  });

  it('compare the statistical year with the start that the county set for the year before', () => {
    const now = at('2023-08-21', 20 * 3_600_000);
    expect(presetPeriods('statYear', now, same).previous).toEqual({
      from: at('2022-01-01'),
      to: at('2022-08-21', 20 * 3_600_000),
    });
    const moved = { ...same, statYearPreviousFrom: at('2022-01-02') };
    expect(presetPeriods('statYear', now, moved).previous?.from).toBe(at('2022-01-02'));
    expect(presetPeriods('all', now, same)).toEqual({ current: { from: null, to: null }, previous: null });
  });
});

describe('the same dates last year', () => {
  it('turn 29 February into 28 February and keep whole months whole', () => {
    expect(sameDatesLastYear({ from: at('2024-02-29'), to: at('2024-03-01') })).toEqual({
      from: at('2023-02-28'),
      to: at('2023-03-01'),
    });
    expect(sameDatesLastYear({ from: at('2024-02-01'), to: at('2024-03-01') })).toEqual({
      from: at('2023-02-01'),
      to: at('2023-03-01'),
    });
    expect(sameDatesLastYear({ from: at('2024-02-28'), to: at('2024-02-29') })).toEqual({
      from: at('2023-02-28'),
      to: at('2023-03-01'),
    });
    expect(sameDatesLastYear({ from: at('2024-02-01'), to: at('2024-02-29', 7) })).toEqual({
      from: at('2023-02-01'),
      to: at('2023-02-28', 7),
    });
    expect(sameDatesLastYear({ from: at('2025-02-01'), to: at('2025-03-01') }).to).toBe(at('2024-02-29'));
  });

  it('never turn a range around and leave an empty one empty', () => {
    for (const now of everyNow()) {
      const moved = sameDatesLastYear({ from: now - 5 * dayMs, to: now });
      expect(moved.to).toBeGreaterThan(moved.from);
      const none = sameDatesLastYear({ from: now, to: now });
      expect(none.to).toBe(none.from);
    }
  });
});

describe('a span', () => {
  it('is preceded by one of equal length and names its last included day', () => {
    const week = { from: at('2023-08-14'), to: at('2023-08-21') };
    expect(spanJustBefore(week)).toEqual({ from: at('2023-08-07'), to: at('2023-08-14') });
    expect(dateRangeText(week)).toBe('2023-08-14 – 2023-08-20');
    expect(dateRangeText({ from: at('2023-08-21'), to: at('2023-08-22') })).toBe('2023-08-21');
  });
});
