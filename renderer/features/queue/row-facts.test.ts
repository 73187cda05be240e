import { describe, expect, it } from 'vitest';
import { dueLabel, dueTitle, progressLabel } from './row-facts.ts';

const t = (key: string, values: Record<string, string | number> = {}): string =>
  [key.replace(/^\w+:/, ''), ...Object.values(values)].join(' ');
const now = Date.UTC(2023, 7, 21, 12);
const hour = 3_600_000;
const fresh = {
  closedAt: null,
  dispatchState: 'auto' as const,
  acceptedAt: null,
  onSceneAt: null,
  firstActionAt: null,
  resolvedAt: null,
  lastUrgedAt: null,
  lastUrgeDegree: null,
  urgeCount: 0,
  lastCalledAt: null,
};

describe('the right of a row', () => {
  it('counts from the deadline, up and down', () => {
    expect(dueLabel({ dueAt: now - 52 * hour, closedAt: null }, now, t)).toBe('due.overdue span.daysHours 2 4');
    expect(dueLabel({ dueAt: now + 3.2 * hour, closedAt: null }, now, t)).toBe('due.left span.hoursMinutes 3 12');
  });

  it('names the due in full, and the one it first had where it was extended', () => {
    expect(dueTitle({ dueAt: now, originalDueAt: now }, t)).not.toContain('extended');
    const extended = dueTitle({ dueAt: now, originalDueAt: now - 48 * hour }, t);
    expect(extended).toContain('due.extended');
    expect(extended).toContain('2023-08-19');
  });

  it('stops counting when the case is closed', () => {
    expect(dueLabel({ dueAt: now - 52 * hour, closedAt: now - hour }, now, t)).toBe('due.closed hoursAgo 1');
  });

  it('says the newest thing: an urging after the acceptance, an arrival after the urging', () => {
    const urged = { ...fresh, acceptedAt: now - 5 * hour, lastUrgedAt: now - hour, urgeCount: 2 };
    expect(progressLabel({ ...urged, lastUrgeDegree: 'red' }, now, t)).toContain('progress.urged urgeDegree.red');
    expect(progressLabel({ ...urged, onSceneAt: now - 1000 }, now, t)).toBe('progress.onScene');
    expect(progressLabel({ ...urged, lastCalledAt: now - 1000 }, now, t)).toContain('progress.called');
  });

  it('says that nobody has a case that waits for dispatch', () => {
    expect(progressLabel({ ...fresh, dispatchState: 'pending' }, now, t)).toBe('progress.undispatched');
    expect(progressLabel(fresh, now, t)).toBe('progress.notAccepted');
  });
});
