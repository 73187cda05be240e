import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayMs } from '../time/shanghai.ts';
import {
  type ComparedCase,
  comparable,
  likenessOf,
  proposalsAtMost,
  proposalsFor,
  similarFrom,
  similarWithinDays,
} from './similar-cases.ts';

const at = Date.UTC(2023, 7, 21, 12);
const places = ['枫亭镇', '霞桥村'];
const one = (id: string, patch: Partial<ComparedCase> = {}): ComparedCase => ({
  id,
  villageCode: '350322100205',
  title: '两户因排水沟走向发生纠纷',
  detail: '双方就屋后排水沟走向争执,村干部已到场劝解。',
  address: '霞桥村第3组12号',
  parties: [{ name: '林测试', phone: '13800000001' }],
  recordedAt: at,
  voidedAt: null,
  mergedIntoId: null,
  ...patch,
});
const words = fc.string({
  unit: fc.constantFrom(...'排水沟宅基地枫亭镇霞桥村林黄欠薪12号 ，='),
  maxLength: 14,
});
const anyCase: fc.Arbitrary<ComparedCase> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  villageCode: fc.constantFrom('350322100205', '350322100205', '350322100206', null),
  title: words,
  detail: words,
  address: words,
  parties: fc.array(
    fc.record({
      name: fc.constantFrom('林测试', '林 测试', '黄某', '', '匿名'),
      phone: fc.constantFrom(null, '13800000001', '+86 138-0000-0001', '12345', '无'),
    }),
    { maxLength: 2 },
  ),
  recordedAt: fc.integer({ min: -200, max: 0 }).map((days) => at + days * dayMs),
  voidedAt: fc.constantFrom(null, null, null, at),
  mergedIntoId: fc.constantFrom(null, null, null, 'z'),
});
const compared = (a: ComparedCase, b: ComparedCase) => likenessOf(comparable(a, places), comparable(b, places));

describe('proposals for merging', () => {
  test('two cases are as alike the one way as the other, and never a case itself, a merged, a void, or one of another village or season', () => {
    fc.assert(
      fc.property(anyCase, anyCase, (a, b) => {
        const likeness = compared(a, b);
        expect(compared(b, a)).toEqual(likeness);
        if (likeness === null) return;
        expect(a.id).not.toBe(b.id);
        expect(a.villageCode).toBe(b.villageCode);
        for (const { voidedAt, mergedIntoId } of [a, b]) expect([voidedAt, mergedIntoId]).toEqual([null, null]);
        expect(Math.abs(a.recordedAt - b.recordedAt)).toBeLessThanOrEqual(similarWithinDays * dayMs);
        expect(likeness.score).toBeGreaterThanOrEqual(similarFrom);
        expect(likeness.score).toBeLessThanOrEqual(100);
      }),
      { numRuns: 2000 },
    );
  });

  test('the likeliest come first, at most eight, whatever order they are read in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyCase, { selector: ({ id }) => id }), (cases) => {
        const about = one('about');
        const found = proposalsFor(about, cases, places);
        expect(proposalsFor(about, cases.toReversed(), places)).toEqual(found);
        expect(found.length).toBeLessThanOrEqual(proposalsAtMost);
        const scores = found.map(({ likeness }) => likeness.score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
    );
  });

  test('the same person by number is proposed whatever the words, however the number is written', () => {
    const other = one('2', {
      title: '拖欠工程款',
      detail: '',
      address: '',
      parties: [{ name: '林', phone: '+86 138-0000-0001／无' }],
      recordedAt: at - 3 * dayMs,
    });
    expect(compared(one('1'), other)).toMatchObject({ party: 'phone', days: 3, title: 0 });
  });

  test('service numbers, masked and common names make nobody the same person', () => {
    for (const party of [
      { name: '匿名', phone: '12345' },
      { name: '林某', phone: null },
      { name: '林*', phone: '138****0001' },
    ]) {
      const far = { title: '拖欠工程款', detail: '', address: '' };
      expect(compared(one('1', { parties: [party] }), one('2', { ...far, parties: [party] }))).toBeNull();
    }
  });

  test('a report that came twice within days is proposed by its words alone; a like title of another house is not', () => {
    const stranger = { parties: [{ name: '黄测试', phone: '13900000002' }] };
    expect(compared(one('1'), one('2', { ...stranger, recordedAt: at + dayMs }))).toMatchObject({
      party: null,
      title: 100,
      address: 100,
    });
    const elsewhere = { ...stranger, address: '霞桥村文化广场旁', detail: '家门口积水,要求疏通。' };
    expect(compared(one('1'), one('2', elsewhere))).toBeNull();
  });

  test('the names of the place, which all of its cases carry, make nothing alike', () => {
    const a = one('1', { title: '枫亭镇霞桥村', address: '霞桥村', detail: '' });
    expect(compared(a, { ...a, id: '2', parties: [{ name: '黄测试', phone: null }] })).toBeNull();
  });

  test('decided without the description only where that could not change it', () => {
    fc.assert(
      fc.property(anyCase, anyCase, (a, b) => {
        const without = compared({ ...a, detail: '' }, { ...b, detail: '' });
        const score = compared(a, b)?.score ?? 0;
        if (without !== null) expect(score).toBeGreaterThanOrEqual(without.score);
      }),
    );
  });
});
