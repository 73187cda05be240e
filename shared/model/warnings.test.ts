import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueSoonMs } from './due-state.ts';
import { transitionsOf, type WarnedCase } from './warnings.ts';

const due = 10 * dueSoonMs;
const row: WarnedCase = {
  dueAt: due,
  closedAt: null,
  mergedIntoId: null,
  voidedAt: null,
  recordedAt: 0,
  updatedAt: 0,
  highRisk: false,
};
const none = { due: [], risk: [] };

describe('an early warning', () => {
  it('is amber at the instant 24 h before the due and red at the one after it, each once', () => {
    const amber = due - dueSoonMs;
    expect(transitionsOf(row, none, amber - 2, amber - 1)).toEqual([]);
    expect(transitionsOf(row, none, amber - 1, amber)).toEqual([{ kind: 'amber', at: amber }]);
    expect(transitionsOf(row, none, amber, amber + 60_000)).toEqual([]);
    expect(transitionsOf(row, none, due - 1, due)).toEqual([]);
    expect(transitionsOf(row, none, due, due + 1)).toEqual([{ kind: 'red', at: due + 1 }]);
  });

  it('comes with a case that is recorded, reopened or unmerged late, and goes with an extension', () => {
    expect(transitionsOf({ ...row, recordedAt: due - 50 }, none, due - 60, due - 40)).toEqual([
      { kind: 'amber', at: due - 50 },
    ]);
    expect(transitionsOf(row, { due: [due + 90], risk: [] }, due + 80, due + 100)).toEqual([
      { kind: 'red', at: due + 90 },
    ]);
    expect(transitionsOf({ ...row, dueAt: due + 9 * dueSoonMs }, { due: [due], risk: [] }, 0, due + 100)).toEqual([]);
  });

  it('never comes of a case that is closed, merged or void', () => {
    for (const patch of [{ closedAt: 1 }, { mergedIntoId: 'x' }, { voidedAt: 1 }])
      expect(transitionsOf({ ...row, highRisk: true, ...patch }, none, -1, due * 2)).toEqual([]);
  });

  it('is neither lost nor told twice however the time is cut', () => {
    const moment = fc.integer({ min: 0, max: 12 * dueSoonMs });
    fc.assert(
      fc.property(moment, moment, fc.array(moment, { maxLength: 12 }), (recordedAt, dueAt, cuts) => {
        const times = [-1, ...cuts.sort((a, b) => a - b), 13 * dueSoonMs];
        const told = times.slice(1).flatMap((to, index) => {
          const late = transitionsOf({ ...row, recordedAt, dueAt }, none, times[index] ?? 0, to);
          return late.map(({ kind }) => kind);
        });
        expect(told.filter((kind) => kind === 'red')).toHaveLength(1);
        expect(told.filter((kind) => kind === 'amber').length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
