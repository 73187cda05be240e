import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../shared/time/shanghai.ts';
import { ageOf, clockText } from './strip-words.ts';

const now = instantOf({ year: 2023, month: 8, day: 21, hour: 20, minute: 4 });

describe('the strip', () => {
  it('says how old the data is, and nothing when it was never in step', () => {
    expect(ageOf(null, now)).toBeNull();
    expect(ageOf(now - 3_000, now)).toEqual({ unit: 'now', n: 0 });
    expect(ageOf(now - 59_000, now)).toEqual({ unit: 'seconds', n: 59 });
    expect(ageOf(now - 61 * 60_000, now)).toEqual({ unit: 'hours', n: 1 });
    expect(ageOf(now - 49 * 3_600_000, now)).toEqual({ unit: 'days', n: 2 });
  });

  it('never says that data come from the future', () => {
    expect(ageOf(now + 60_000, now)).toEqual({ unit: 'now', n: 0 });
  });

  it('shows the server clock on the calendar of the county', () => {
    expect(clockText(now, ['周一', '周二', '周三', '周四', '周五', '周六', '周日'])).toBe('2023-08-21 周一 20:04');
  });
});
