import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../shared/time/shanghai.ts';
import { latestDue, momentOf, quickDues } from './due-choices.ts';

const now = Date.parse('2023-08-21T20:00:30+08:00');
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('a later due', () => {
  it('is offered in whole days from the due, at its own time of day', () => {
    expect(quickDues({ dueAt: at('2023-08-23T09:15') }, now)).toEqual([
      { days: 3, at: at('2023-08-26T09:15') },
      { days: 5, at: at('2023-08-28T09:15') },
      { days: 7, at: at('2023-08-30T09:15') },
      { days: 15, at: at('2023-09-07T09:15') },
    ]);
  });

  it('is reckoned from today where the due has passed, and from this minute for many cases', () => {
    expect(quickDues({ dueAt: at('2023-08-02T09:15') }, now)[0]).toEqual({ days: 3, at: at('2023-08-24T09:15') });
    expect(quickDues(null, now)[0]).toEqual({ days: 3, at: at('2023-08-24T20:00') });
  });

  it('lies at most so many days after the original due', () => {
    expect(latestDue({ originalDueAt: at('2023-08-23T09:15') }, now, 90)).toBe(at('2023-08-23T09:15') + 90 * dayMs);
  });

  it('is read as the county’s time of day, and not at all while it is half typed', () => {
    const read = (text: string) => momentOf(text, now);
    for (const text of ['2023-08-28 20:05', '2023/8/28 20:05', ' 8-28 20:05', '8.28  20：05'])
      expect(read(text), text).toBe(at('2023-08-28T20:05'));
    expect(['', '2023-08-28', '2-30 10:00', '8-28 24:00', '8-28 20:5'].map(read)).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
