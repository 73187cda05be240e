import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blankCase } from '../blank-case.ts';
import { type Case, caseSchema } from '../case.ts';
import { callbackResultSchema, dispatchStateSchema, levelSchema, petitionKindSchema } from '../codes.ts';
import { countCases, recordedIn } from './count.ts';
import { countMetricNames, rateMetrics } from './dictionary.ts';
import { changeOf, formatPermille, rateOf, sharesOf } from './rate.ts';

const t = Date.parse('2023-08-21T20:00:00+08:00');
const hour = 3_600_000;
function caseOf(facts: Partial<Case>): Case {
  return blankCase({
    id: 'c',
    no: '1',
    source: 'grid',
    sourceNo: '1',
    category: 'other',
    title: '',
    deadlineRule: 'general',
    recordedAt: t - 100 * hour,
    dueAt: t + 100 * hour,
    ...facts,
  });
}
const many = (n: number, facts: Partial<Case>) => Array.from({ length: n }, () => caseOf(facts));
const rate = (rows: Case[], name: keyof typeof rateMetrics) => {
  const counts = countCases(rows, t);
  const { of, per } = rateMetrics[name];
  return formatPermille(rateOf(counts[of], counts[per]).permille);
};

describe('the known answers of the source text', () => {
  it('3330 of 3638 resolved is 91.5 %', () => {
    expect(rate([...many(3330, { resolvedAt: t - 1 }), ...many(308, {})], 'resolvedRate')).toBe('91.5%');
  });

  it('7088 of 7276 closed is 97.4 %, 7024 of 7088 satisfied is 99.1 %', () => {
    const closed = { closedAt: t - 2, calledBackAt: t - 1 } as const;
    const rows = [
      ...many(7000, { ...closed, callbackResult: 'satisfied' }),
      ...many(24, { ...closed, callbackResult: 'basicallySatisfied' }),
      ...many(64, { ...closed, callbackResult: 'dissatisfied' }),
      ...many(188, {}),
    ];
    expect(rate(rows, 'closedRate')).toBe('97.4%');
    expect(rate(rows, 'satisfiedRate')).toBe('99.1%');
    expect(rate(rows, 'calledBackRate')).toBe('100.0%');
  });

  it('48 first petitions against 100 the year before is −52.0 %', () => {
    expect(countCases(many(48, { petitionKind: 'first' }), t).firstPetition).toBe(48);
    expect(formatPermille(changeOf(48, 100))).toBe('−52.0%');
  });
});

describe('counts', () => {
  it('take a moment as come at its very instant and not before it', () => {
    for (const [at, come] of [
      [t, 1],
      [t + 1, 0],
      [t - 1, 1],
    ] as const) {
      expect(countCases([caseOf({ resolvedAt: at })], t).resolved).toBe(come);
      expect(countCases([caseOf({ closedAt: at })], t)).toMatchObject({ closed: come, open: 1 - come });
    }
  });

  it('call a case overdue once its due has passed, open or closed too late, and not at the due itself', () => {
    expect(countCases([caseOf({ dueAt: t })], t)).toMatchObject({ overdue: 0, openOverdue: 0, dueSoon: 1 });
    expect(countCases([caseOf({ dueAt: t - 1 })], t)).toMatchObject({ overdue: 1, openOverdue: 1, dueSoon: 0 });
    expect(countCases([caseOf({ dueAt: t - 9, closedAt: t - 8 })], t)).toMatchObject({ overdue: 1, openOverdue: 0 });
    expect(countCases([caseOf({ dueAt: t - 9, closedAt: t - 9 })], t)).toMatchObject({ overdue: 0 });
    expect(countCases([caseOf({ dueAt: t + 24 * hour })], t).dueSoon).toBe(1);
    expect(countCases([caseOf({ dueAt: t + 24 * hour + 1 })], t).dueSoon).toBe(0);
  });

  it('call an extended case overdue by its original due, and not by the due it has now', () => {
    const extended = { originalDueAt: t - 1, dueAt: t + 9 } as const;
    expect(countCases([caseOf(extended)], t)).toMatchObject({ overdue: 0, overdueByOriginal: 1 });
    expect(countCases([caseOf({ ...extended, closedAt: t - 1 })], t)).toMatchObject({
      overdue: 0,
      overdueByOriginal: 0,
    });
    expect(countCases([caseOf({ ...extended, closedAt: t })], t)).toMatchObject({ overdue: 0, overdueByOriginal: 1 });
    expect(countCases([caseOf({ dueAt: t - 1 })], t)).toMatchObject({ overdue: 1, overdueByOriginal: 1 });
  });
  it('hold resolved and closed apart: each happens without the other', () => {
    expect(countCases([caseOf({ closedAt: t - 1 })], t)).toMatchObject({ closed: 1, resolved: 0 });
    expect(countCases([caseOf({ resolvedAt: t - 1 })], t)).toMatchObject({ closed: 0, resolved: 1, open: 1 });
  });

  it('pass over merged and void cases everywhere, and call-backs that reached nobody', () => {
    const all = { resolvedAt: t - 1, closedAt: t - 1, highRisk: true, petitionKind: 'first' } as const;
    const rows = [caseOf({ ...all, voidedAt: t - 1 }), caseOf({ ...all, mergedIntoId: 'other' })];
    expect(Object.values(countCases(rows, t)).every((count) => count === 0)).toBe(true);
    const unreached = caseOf({ closedAt: t - 2, calledBackAt: t - 1, callbackResult: 'unreached' });
    expect(countCases([unreached], t)).toMatchObject({ closed: 1, calledBack: 0, satisfied: 0 });
  });

  it('belong to the period in which the case was recorded: its first instant in, its last out', () => {
    const period = { from: t, to: t + hour };
    expect([t - 1, t, t + hour - 1, t + hour].map((recordedAt) => recordedIn({ recordedAt }, period))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(recordedIn({ recordedAt: 0 }, { from: null, to: null })).toBe(true);
  });
});

const moment = fc.oneof(fc.constant(null), fc.integer({ min: t - 50 * hour, max: t + 50 * hour }));
const anyCountable = fc
  .record({
    dueAt: fc.integer({ min: t - 50 * hour, max: t + 50 * hour }),
    originalDueAt: fc.integer({ min: t - 50 * hour, max: t + 50 * hour }),
    firstActionAt: moment,
    resolvedAt: moment,
    closedAt: moment,
    calledBackAt: moment,
    callbackResult: fc.constantFrom(null, ...callbackResultSchema.options),
    voidedAt: fc.constantFrom(null, null, null, t),
    mergedIntoId: fc.constantFrom(null, null, null, 'x'),
    highRisk: fc.boolean(),
    level: fc.constantFrom(...levelSchema.options),
    dispatchState: fc.constantFrom(...dispatchStateSchema.options),
    petitionKind: fc.constantFrom(null, ...petitionKindSchema.options),
  })
  .map((facts) => caseOf(facts));

describe('counts of any cases', () => {
  it('fit together: parts never exceed their whole', () => {
    fc.assert(
      fc.property(fc.array(anyCountable, { maxLength: 40 }), (rows) => {
        const counts = countCases(rows, t);
        expect(counts.open + counts.closed).toBe(counts.recorded);
        expect(counts.resolvedInVillage + counts.resolvedInTown + counts.resolvedInCounty).toBe(counts.resolved);
        expect(counts.satisfied).toBeLessThanOrEqual(counts.calledBack);
        expect(counts.calledBack).toBeLessThanOrEqual(counts.closed);
        expect(counts.openOverdue).toBeLessThanOrEqual(counts.overdue);
        expect(counts.overdue).toBeLessThanOrEqual(counts.overdueByOriginal);
        expect(counts.openOverdue + counts.dueSoon).toBeLessThanOrEqual(counts.open);
        for (const { of, per } of Object.values(rateMetrics)) expect(counts[of]).toBeLessThanOrEqual(counts[per]);
      }),
    );
  });

  it('name every metric and read only what a case has', () => {
    expect(Object.keys(countCases([], t))).toEqual(countMetricNames);
    expect(caseSchema.safeParse(caseOf({})).success).toBe(true);
  });
});

describe('rates', () => {
  it('are rounded half up in integers, as long division does it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 10_000_000 }), (a, b) => {
        const exact = (BigInt(a) * 2000n + BigInt(b)) / (2n * BigInt(b));
        expect(rateOf(a, b).permille).toBe(Number(exact));
      }),
    );
  });

  it('show "—" over nothing, and shares that sum to 100.0 %', () => {
    expect(formatPermille(rateOf(0, 0).permille)).toBe('—');
    expect(formatPermille(changeOf(5, 0))).toBe('—');
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 }), (counts) => {
        const shares = sharesOf(counts);
        if (counts.every((count) => count === 0)) expect(shares.every((share) => share === null)).toBe(true);
        else expect(shares.reduce<number>((sum, share) => sum + (share ?? 0), 0)).toBe(1000);
      }),
    );
  });
});
