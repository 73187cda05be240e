import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, formatDateTime, fromDateKey, instantOf, partsOf } from '../time/shanghai.ts';
import { builtInCalendar, builtInCalendarDays, createCalendar } from './calendar.ts';
import { categorySchema, petitionKindSchema, sourceSchema } from './codes.ts';
import { deadlineRulesSchema, defaultDeadlineRules, dueOf } from './deadlines.ts';

const calendar = builtInCalendar();
const at = (key: string, hour = 0) => (fromDateKey(key) as number) + hour * 3_600_000;
const plain = { source: 'grid', category: 'neighbour', petitionKind: null } as const;

describe('the working calendar', () => {
  it('holds the holidays and the worked weekends of the notices', () => {
    for (const off of ['2022-12-31', '2023-01-27', '2023-06-22', '2024-02-17', '2025-10-08', '2026-02-23'])
      expect(calendar.isWorking(at(off)), off).toBe(false);
    for (const worked of [
      '2023-01-28',
      '2023-06-25',
      '2024-02-04',
      '2024-10-12',
      '2025-01-26',
      '2026-01-04',
      '2026-10-10',
    ])
      expect(calendar.isWorking(at(worked)), worked).toBe(true);
    expect(calendar.isWorking(at('2023-08-21'))).toBe(true);
    expect(calendar.isWorking(at('2023-08-20'))).toBe(false);
  });

  it('lists worked days on weekends only, and at least the statutory days off of each year', () => {
    for (const day of builtInCalendarDays()) {
      const { weekday } = partsOf(at(day.id));
      if (day.working) expect(weekday, day.id).toBeGreaterThan(5);
    }
    const ids = builtInCalendarDays().map((day) => day.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const year of [2022, 2023, 2024, 2025, 2026]) {
      expect(calendar.coversYear(year)).toBe(true);
      const off = builtInCalendarDays().filter((day) => day.id.startsWith(String(year)) && !day.working);
      expect(off.length).toBeGreaterThanOrEqual(year < 2025 ? 11 : 13);
    }
  });

  it('says that it does not cover a year without entries', () => {
    expect(calendar.coversYear(2027)).toBe(false);
    expect(createCalendar([{ id: '2027-01-01', working: false, name: '元旦' }]).coversYear(2027)).toBe(true);
    expect(createCalendar([{ id: '2027-01-01', working: false, name: '元旦' }], [2026]).coversYear(2027)).toBe(false);
  });
});

describe('deadlines', () => {
  it('give a first petition 7 days in the village and a backlog petition 14 days, to the second', () => {
    const recordedAt = instantOf({ year: 2023, month: 9, day: 28, hour: 16, minute: 30 });
    const first = dueOf({ ...plain, petitionKind: 'first', recordedAt }, defaultDeadlineRules, calendar);
    expect(first.dueAt).toBe(recordedAt + 7 * dayMs);
    expect(first.rule).toMatchObject({ id: 'firstPetition', level: 'village', basis: 'source' });
    const backlog = dueOf({ ...plain, petitionKind: 'backlog', recordedAt }, defaultDeadlineRules, calendar);
    expect(backlog.dueAt).toBe(recordedAt + 14 * dayMs);
    expect(backlog.rule).toMatchObject({ level: 'town', basis: 'source' });
  });

  it('pass over National Day 2023 and count the worked weekend after it, saying which days were skipped', () => {
    const subject = { ...plain, source: 'hotline12345', recordedAt: at('2023-09-28', 16) } as const;
    const due = dueOf(subject, defaultDeadlineRules, calendar);
    expect(due.rule.id).toBe('hotline');
    expect(formatDateTime(due.dueAt)).toBe('2023-10-11 17:30');
    expect(due.explanation.skipped).toEqual([
      '2023-09-29',
      '2023-09-30',
      '2023-10-01',
      '2023-10-02',
      '2023-10-03',
      '2023-10-04',
      '2023-10-05',
      '2023-10-06',
    ]);
    expect(due.explanation.uncoveredYears).toEqual([]);
  });

  it('name the years whose holidays are missing', () => {
    const subject = { ...plain, category: 'land', recordedAt: at('2026-12-28', 9) } as const;
    expect(dueOf(subject, defaultDeadlineRules, calendar).explanation.uncoveredYears).toEqual([2027]);
  });

  it('end in the future, on a worked day, with exactly n worked days passed, for any case', () => {
    const subjects = fc.record({
      source: fc.constantFrom(...sourceSchema.options),
      category: fc.constantFrom(...categorySchema.options),
      petitionKind: fc.constantFrom(null, ...petitionKindSchema.options),
      recordedAt: fc.integer({ min: at('2022-01-01'), max: at('2026-12-31') }),
    });
    fc.assert(
      fc.property(subjects, (subject) => {
        const { dueAt, rule, explanation } = dueOf(subject, defaultDeadlineRules, calendar);
        expect(dueAt).toBeGreaterThan(subject.recordedAt);
        if (!rule.working) return;
        expect(calendar.isWorking(dueAt)).toBe(true);
        const passed =
          Math.floor((dueAt + 8 * 3_600_000) / dayMs) - Math.floor((subject.recordedAt + 8 * 3_600_000) / dayMs);
        expect(passed - explanation.skipped.length).toBe(rule.days);
      }),
    );
  });

  it('always exist: a rule list without a general rule at its end is refused', () => {
    expect(deadlineRulesSchema.safeParse(defaultDeadlineRules).success).toBe(true);
    expect(deadlineRulesSchema.safeParse(defaultDeadlineRules.slice(0, -1)).success).toBe(false);
    expect(deadlineRulesSchema.safeParse([]).success).toBe(false);
    expect(dueOf({ ...plain, recordedAt: 0 }, [], calendar).dueAt).toBe(7 * dayMs);
  });
});
