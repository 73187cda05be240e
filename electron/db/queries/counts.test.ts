import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Case } from '../../../shared/model/case.ts';
import { type CaseFilter, caseSortSchema } from '../../../shared/model/case-filter.ts';
import { categorySchema, sourceSchema } from '../../../shared/model/codes.ts';
import { counted, countMetricNames, countMetrics } from '../../../shared/model/metrics/dictionary.ts';
import { holds } from '../../../shared/model/metrics/predicate.ts';
import { inCohort } from '../rollups/arbitraries.test-support.ts';
import { scanSql } from '../rollups/count-by.ts';
import { line, sampleCase, sampleFilter, sampleInstant } from '../sample.test-support.ts';
import { planList, sliceSql, waysOf } from './list-way.ts';
import { Reading } from './reading.ts';
import { replicaPair } from './replica-pair.test-support.ts';

const hour = 3_600_000;
const moment = fc.option(fc.integer({ min: -60, max: 20 }).map((hours) => sampleInstant + hours * hour));
const anyCase: fc.Arbitrary<Partial<Case>> = fc.record({
  source: fc.constantFrom(...sourceSchema.options),
  category: fc.constantFrom(...categorySchema.options.slice(0, 3)),
  townCode: fc.constantFrom('350322100', '350322101', null),
  villageCode: fc.constantFrom('350322100200', '350322101200', null),
  dispatchState: fc.constantFrom('auto', 'manual', 'pending'),
  highRisk: fc.boolean(),
  level: fc.constantFrom('village', 'town', 'county'),
  dueAt: fc.integer({ min: -60, max: 60 }).map((hours) => sampleInstant + hours * hour),
  recordedAt: fc.integer({ min: -90, max: 0 }).map((hours) => sampleInstant + hours * hour),
  firstActionAt: moment,
  resolvedAt: moment,
  closedAt: moment,
  calledBackAt: moment,
  callbackResult: fc.constantFrom('satisfied', 'basicallySatisfied', 'dissatisfied', 'unreached', null),
  voidedAt: fc.constantFrom(null, null, null, null, null, null, null, 1),
  mergedIntoId: fc.constantFrom(null, null, null, null, null, null, null, 'other'),
  petitionKind: fc.constantFrom('first', 'repeat', 'backlog', null),
  campaigns: fc.subarray(['hundredDays', 'hundred', 'summer']),
});

const anyFilter: fc.Arbitrary<CaseFilter> = fc.record({
  scope: fc.constantFrom(
    sampleFilter.scope,
    { level: 'town' as const, code: '350322100' },
    { level: 'village' as const, code: '350322100200' },
  ),
  period: fc.record({
    from: fc.constantFrom(null, sampleInstant - 40 * hour),
    to: fc.constantFrom(null, sampleInstant - 9 * hour),
  }),
  metric: fc.constantFrom(...countMetricNames),
  asOf: fc.constantFrom(sampleInstant - 30 * hour, sampleInstant, sampleInstant + 100 * hour),
  sources: fc.subarray([...sourceSchema.options]),
  categories: fc.subarray(['neighbour', 'homestead'] as const).map((list) => [...list]),
  campaign: fc.constantFrom(null, 'hundred'),
  work: fc.constant(null),
  text: fc.constantFrom('', '排水沟'),
  caseIds: fc.constantFrom(null, ['c1', 'c2', 'c3']),
});

const rows: Case[] = fc
  .sample(anyCase, { numRuns: 400, seed: 7 })
  .map((patch, index) => sampleCase(`c${index}`, { ...patch, rev: 1 }));
const { writer, reader, handlers } = replicaPair(rows.map((row) => line('case', row)));

/** The filter's cases in plain code, words and all. */
const counts = (filter: CaseFilter, row: Case): boolean =>
  holds(counted, row, filter.asOf) && inCohort(filter, row) && (filter.text === '' || row.title.includes(filter.text));

describe('numbers and the lists behind them', () => {
  test('every count equals the plain rule, every list is as long as its number, on random cases and filters', () => {
    fc.assert(
      fc.property(anyFilter, fc.constantFrom(...caseSortSchema.options), (filter, sort) => {
        const cohort = rows.filter((row) => counts(filter, row));
        const { total, areas, unplaced } = handlers.areaCounts({ filter });
        for (const metric of countMetricNames) {
          const expected = cohort.filter((row) => holds(countMetrics[metric], row, filter.asOf)).length;
          expect(total.counts[metric]).toBe(expected);
          const parts = areas.reduce((sum, area) => sum + (area.counts[metric] ?? 0), unplaced.counts[metric] ?? 0);
          if (filter.scope.level !== 'village') expect(parts).toBe(expected);
        }
        const expectedIds = cohort
          .filter((row) => holds(countMetrics[filter.metric], row, filter.asOf))
          .map((row) => row.id);
        const list = handlers.openList({ filter, sort, limit: 10 });
        // Nothing but reading them tells the number of cases with words or a tag: until then there is none, never a wrong one.
        if (list.total !== null) expect(list.total).toBe(expectedIds.length);
        const { ids } = handlers.listIds({ listId: list.listId, offset: 0, limit: 5000 });
        expect([...ids].sort()).toEqual([...expectedIds].sort());
        expect(handlers.listTotal({ listId: list.listId }).total).toBe(expectedIds.length);
        expect(ids.slice(0, 10)).toEqual(list.rows.map((row) => row.id));
        expect(handlers.listDelta({ listId: list.listId })).toEqual({ added: 0, removed: 0 });
      }),
      { numRuns: 150 },
    );
  });

  test('attention lists what is open first, then by due', () => {
    const { listId } = handlers.openList({ filter: sampleFilter, sort: 'attention', limit: 5 });
    const { ids } = handlers.listIds({ listId, offset: 0, limit: 5000 });
    const keys = ids.map((id) => {
      const row = rows.find((one) => one.id === id) as Case;
      return { open: holds(countMetrics.open, row, sampleFilter.asOf), due: row.dueAt };
    });
    for (const [index, key] of keys.entries()) {
      const before = keys[index - 1];
      if (!before) continue;
      expect(before.open || !key.open).toBe(true);
      if (before.open === key.open) expect(before.due).toBeLessThanOrEqual(key.due);
    }
  });

  test('an open list keeps its order while rows change, and says what opening it again would bring', () => {
    const { listId, total } = handlers.openList({ filter: sampleFilter, sort: 'updated', limit: 3 });
    const before = handlers.listIds({ listId, offset: 0, limit: 5000 }).ids;
    writer.run(`UPDATE cases SET updated_at = updated_at + 1000 WHERE id = 'c5'`);
    writer.run(`UPDATE cases SET voided_at = 5 WHERE id = :id`, { id: before[0] ?? '' });
    expect(handlers.listIds({ listId, offset: 0, limit: 5000 }).ids).toEqual(before);
    expect(handlers.listDelta({ listId })).toEqual({ added: 0, removed: 1 });
    writer.run(`UPDATE cases SET voided_at = NULL WHERE id = :id`, { id: before[0] ?? '' });
    expect(total).toBe(before.length);
  });

  test('the ninth list closes the first; asking it is a typed failure', () => {
    const lists = Array.from(
      { length: 9 },
      () => handlers.openList({ filter: sampleFilter, sort: 'due', limit: 1 }).listId,
    );
    expect(() => handlers.listRows({ listId: lists[0] ?? '', offset: 0, limit: 1 })).toThrow(
      expect.objectContaining({ kind: 'badArguments', retry: true }),
    );
    expect(handlers.listRows({ listId: lists[8] ?? '', offset: 0, limit: 1 }).rows).toHaveLength(1);
  });

  test('clusters hold every case of the filter once', () => {
    const { features, withoutPoint } = handlers.mapClusters({
      filter: sampleFilter,
      bbox: [-180, -85, 180, 85],
      zoom: 3,
    });
    const total = handlers.areaCounts({ filter: sampleFilter }).total.counts.recorded ?? 0;
    expect(features.reduce((sum, feature) => sum + feature.count, withoutPoint)).toBe(total);
    const cluster = features.find((feature) => feature.clusterId !== null);
    const { caseIds } = handlers.clusterCases({ filter: sampleFilter, clusterId: cluster?.clusterId ?? -1 });
    expect(caseIds).toHaveLength(cluster?.count ?? -1);
  });
});

test('every way of reading a list gives the same cases in the same order', () => {
  fc.assert(
    fc.property(anyFilter, fc.constantFrom(...caseSortSchema.options), (filter, sort) => {
      const plan = planList(reader, { ...filter, text: '' }, sort, 10);
      const lists = waysOf(reader, { ...filter, text: '' }, sort).flatMap((way) => [
        new Reading(reader, { ...plan, way }, null).numbersFrom(0, 5000),
        // In slices so small that their borders fall between cases of the same instant.
        new Reading(reader, { ...plan, way }, null, { first: 7, largest: 7 }).numbersFrom(0, 5000),
      ]);
      expect(lists.length).toBeGreaterThan(1);
      for (const list of lists) expect(list).toEqual(lists[0]);
      if (plan.total !== null) expect(lists[0]).toHaveLength(plan.total);
    }),
    { numRuns: 150 },
  );
});

describe('plans of hot queries', () => {
  test('the plain count of all areas is one pass over the covering index', () => {
    const { sql, params } = scanSql(sampleFilter, 'town');
    expect(reader.planOf(sql, params).join('\n')).toMatch(/SCAN c USING COVERING INDEX cases_group/);
  });

  test.each(caseSortSchema.options)('the first page sorted by %s reads an index in order', (sort) => {
    const { stretches, way } = planList(reader, sampleFilter, sort, 100);
    expect(way.kind).toBe('walk');
    for (const stretch of stretches)
      for (const after of [null, { key: 1, n: 1 }]) {
        const { sql, params } = sliceSql(stretch, way, after, 100);
        const plan = reader.planOf(sql, params).join('\n');
        expect(plan).toMatch(/USING COVERING INDEX cases_(due|recorded|updated|open)/);
        if (after) expect(plan).toMatch(/SEARCH c/);
        expect(plan).not.toMatch(/TEMP B-TREE FOR ORDER BY/);
      }
  });
});
