import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CaseFilter, caseSortSchema } from '../../../shared/model/case-filter.ts';
import { countMetricNames } from '../../../shared/model/metrics/dictionary.ts';
import { openRead, openWrite } from '../connection.ts';
import {
  feed,
  fill,
  line,
  sampleCase,
  sampleFilter,
  sampleInstant,
  sampleRegister,
  scratchFile,
} from '../sample.test-support.ts';
import { rebuildSearch } from '../search/keep.ts';
import { holdsWord, wordsOf } from '../search/terms.ts';
import { readZones } from '../search/zones.ts';
import { findCases } from '../search.ts';
import { termsOf } from '../text.ts';
import { HitSource } from './hit-source.ts';
import { planList } from './list-way.ts';
import { Reading } from './reading.ts';
import { lotsOf, planWithWords } from './worded-list.ts';

const hour = 3_600_000;
const titles = ['排水沟纠纷', '排水管破裂', '路灯不亮', '古树倒伏', '村口路面积水'];
const count = 600;

/** Recorded one after the other, the newest first, but for some; due some days after. */
function caseAt(index: number) {
  const recordedAt = sampleInstant - (index % 13 === 0 ? (index * 7919) % count : index) * 4 * hour;
  return sampleCase(`c${index}`, {
    title: titles[(index * index) % titles.length] ?? '',
    no: `XY-2016-0${index % 9}-0${String(index).padStart(3, '0')}`,
    recordedAt,
    dueAt: recordedAt + (1 + (index % 5)) * 24 * hour,
    updatedAt: recordedAt + ((index * 31) % 400) * hour,
    closedAt: index % 4 === 0 ? null : recordedAt + (index % 60) * hour,
    source: index % 2 === 0 ? 'grid' : 'police110',
    mergedIntoId: index % 17 === 0 ? 'other' : null,
  });
}

const file = scratchFile();
const writer = openWrite(file);
fill(writer, [...sampleRegister(), ...Array.from({ length: count }, (_, index) => line('case', caseAt(index)))]);
// So far apart that they lie in dozens of zones and two parts.
writer.run('UPDATE cases SET n = -n');
writer.run('UPDATE cases SET n = -n * 151');
const reader = openRead(file);
afterAll(() => {
  reader.close();
  writer.close();
});

const anyFilter: fc.Arbitrary<CaseFilter> = fc.record({
  scope: fc.constantFrom(sampleFilter.scope, { level: 'village' as const, code: '350322100200' }),
  period: fc.record({
    from: fc.constantFrom(null, sampleInstant - 1200 * hour),
    to: fc.constantFrom(null, sampleInstant - 300 * hour),
  }),
  metric: fc.constantFrom(...countMetricNames),
  asOf: fc.constantFrom(sampleInstant - 600 * hour, sampleInstant + 100 * hour),
  sources: fc.constantFrom([], ['grid' as const]),
  categories: fc.constant([]),
  campaign: fc.constant(null),
  work: fc.constant(null),
  text: fc.constantFrom(
    '排水',
    '路',
    '排',
    'paishui',
    '2016-05',
    '0123',
    '16-0',
    '排水 路',
    'ps',
    '12',
    '排水沟纠',
    '独木桥',
    '无',
  ),
  caseIds: fc.constantFrom(null, null, null, ['c1', 'c8', 'c12', 'c16']),
});

/** Numbers of the cases that hold the words, by reading every text. */
function byText(text: string): Set<number> {
  const rows = reader.all<{ n: number; title: string; address: string; no: string; sourceNo: string }>(
    'SELECT n, title, address, no, source_no AS "sourceNo" FROM cases',
  );
  const words = termsOf(text);
  return new Set(
    rows.filter((row) => words.every((word) => holdsWord(wordsOf(row), row.title, word))).map(({ n }) => n),
  );
}

describe.each(['as indexed', 'with much changed since'])('a list with words, %s', (state) => {
  beforeAll(() => {
    if (state === 'as indexed') {
      rebuildSearch(writer);
      return;
    }
    const changed = Array.from({ length: 90 }, (_, at) => {
      const row = { ...caseAt(at * 6), rev: 2 };
      if (at % 3 === 0) return { ...row, title: '独木桥边排水沟' };
      return at % 3 === 1
        ? { ...row, dueAt: row.dueAt - 900 * hour }
        : { ...row, recordedAt: row.recordedAt + 900 * hour };
    });
    const added = Array.from({ length: 20 }, (_, at) => ({
      ...caseAt(count + at),
      rev: 2,
      recordedAt: sampleInstant - at * hour,
    }));
    feed(
      writer,
      1,
      2,
      [...changed, ...added].map((row) => line('case', row)),
    );
  });

  test('has the cases and the order of the same list without words, whichever way it is read', () => {
    fc.assert(
      fc.property(
        anyFilter,
        fc.constantFrom(...caseSortSchema.options),
        fc.integer({ min: 1, max: 40 }),
        (filter, sort, lot) => {
          const words = byText(filter.text);
          const plain = planList(reader, { ...filter, text: '' }, sort, 10);
          const expected = new Reading(reader, plain, null).numbersFrom(0, 5000).filter((n) => words.has(n));
          for (const [wanted, few] of [
            [1, 1000],
            [200, 0],
          ] as const) {
            const { plan, found } = planWithWords(reader, filter, sort, wanted, few);
            expect(new Reading(reader, plan, found).numbersFrom(0, 5000)).toEqual(expected);
          }
          const found = findCases(reader, filter.text);
          if (!found) throw new Error('no words');
          const stretches = plain.stretches.map((stretch) => ({
            ...stretch,
            hits: new HitSource(lotsOf(found, found.candidates.count(), readZones(reader), stretch, filter)),
          }));
          const byLots = new Reading(reader, { ...plain, stretches }, found, undefined, lot);
          expect(byLots.numbersFrom(0, 3)).toEqual(expected.slice(0, 3));
          expect(byLots.numbersFrom(0, 5000)).toEqual(expected);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('looks up no more cases than its first page needs, where the zones tell', () => {
    const found = findCases(reader, '排水');
    const filter = { ...sampleFilter, text: '排水' };
    for (const sort of ['recorded', 'due'] as const) {
      const { plan } = planWithWords(reader, filter, sort, 10);
      const [stretch] = planList(reader, filter, sort, 10).stretches;
      if (!stretch || !found) throw new Error('no list');
      const hits = new HitSource(lotsOf(found, found.candidates.count(), readZones(reader), stretch, filter));
      new Reading(reader, { ...plan, stretches: [{ ...stretch, hits }] }, found, undefined, 20).numbersFrom(0, 10);
      expect(hits.take(count).length).toBeGreaterThan(found.candidates.count() / 2);
    }
  });
});
