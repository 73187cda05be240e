import { describe, expect, it } from 'vitest';
import { defaultDeadlineRules } from '../../../shared/model/deadlines.ts';
import { deadlineFacts, ruleOf } from './deadline-facts.ts';

const t = (key: string, values: Record<string, string | number> = {}): string =>
  [key, ...Object.values(values)].join(' ');
const now = 1_000 * 86_400_000;
const hour = 3_600_000;

describe('the deadline of the open case', () => {
  it('counts as overdue exactly when it is late, closed or not', () => {
    expect(deadlineFacts({ dueAt: now - hour, originalDueAt: now - hour, closedAt: null }, now, t)).toMatchObject({
      countsAsOverdue: true,
      tone: 'overdue',
    });
    expect(deadlineFacts({ dueAt: now + hour, originalDueAt: now + hour, closedAt: null }, now, t)).toMatchObject({
      countsAsOverdue: false,
      tone: 'dueSoon',
    });
    expect(
      deadlineFacts({ dueAt: now - hour, originalDueAt: now - hour, closedAt: now - 2 * hour }, now, t).countsAsOverdue,
    ).toBe(false);
    expect(
      deadlineFacts({ dueAt: now - 3 * hour, originalDueAt: now - 3 * hour, closedAt: now - hour }, now, t),
    ).toMatchObject({
      countsAsOverdue: true,
      standing: 'case:deadline.closedLate time:span.hours 2',
    });
  });

  it('says beside it whether an extended case is late by its original due', () => {
    const late = { dueAt: now + hour, originalDueAt: now - hour, closedAt: null };
    expect(deadlineFacts(late, now, t)).toMatchObject({ countsAsOverdue: false, overdueByOriginal: true });
    expect(deadlineFacts({ ...late, closedAt: now - 2 * hour }, now, t).overdueByOriginal).toBe(false);
    expect(deadlineFacts({ ...late, dueAt: now - hour }, now, t).overdueByOriginal).toBe(false);
  });

  it('names its rule only while the settings still have it', () => {
    const settings = { deadlineRules: defaultDeadlineRules };
    expect(ruleOf(settings, 'hotline')).toMatchObject({ days: 5, working: true });
    expect(ruleOf(settings, 'gone')).toBeNull();
    expect(ruleOf({}, 'hotline')).toBeNull();
  });
});
