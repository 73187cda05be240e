import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type CaseFilter, nameableCases } from '../../../shared/model/case-filter.ts';
import { countMetrics } from '../../../shared/model/metrics/dictionary.ts';
import { holds } from '../../../shared/model/metrics/predicate.ts';
import { anyCasePatch, anyFilter, inCohort } from '../rollups/arbitraries.test-support.ts';
import {
  fill,
  line,
  memoryReplica,
  sampleCase,
  sampleFilter,
  sampleInstant,
  sampleRegister,
} from '../sample.test-support.ts';
import { blockSql, wayOf } from './map-cells.ts';
import { readClusterCases, readMapClusters } from './map-clusters.ts';

/** Places in heaps, alone, and many on one spot, as a county's are. */
const anyPlace = fc.oneof(
  fc.record({
    lng: fc.integer({ min: 118_300, max: 119_000 }).map((at) => at / 1000),
    lat: fc.integer({ min: 25_100, max: 25_700 }).map((at) => at / 1000),
  }),
  fc.record({
    lng: fc.integer({ min: 0, max: 3000 }).map((at) => 118.69 + at / 100_000),
    lat: fc.integer({ min: 0, max: 3000 }).map((at) => 25.36 + at / 100_000),
  }),
  fc.constantFrom({ lng: 118.7, lat: 25.37 }, { lng: null, lat: null }),
);
const places = fc.sample(anyPlace, { numRuns: 900, seed: 5 });
const rows = fc
  .sample(anyCasePatch, { numRuns: places.length, seed: 3 })
  .map((patch, n) => sampleCase(`c${n}`, { ...patch, ...places[n] }));
const db = memoryReplica();
fill(db, [...sampleRegister(), ...rows.map((row) => line('case', row))]);
afterAll(() => db.close());

const county: [number, number, number, number] = [118.2, 25, 119.1, 25.8];
const anyZoom = fc.integer({ min: 0, max: 18 });
/** The whole history of the county: what only rollups can show. */
const everything = anyFilter.map(
  (filter): CaseFilter => ({
    ...filter,
    scope: sampleFilter.scope,
    period: { from: null, to: filter.period.to },
    metric: filter.metric === 'open' ? 'closed' : filter.metric,
    campaign: null,
    caseIds: null,
  }),
);
const idsOf = (filter: CaseFilter, withPoint: boolean) =>
  rows
    .filter((row) => (row.lng !== null) === withPoint && inCohort(filter, row))
    .filter((row) => row.voidedAt === null && row.mergedIntoId === null)
    .filter((row) => holds(countMetrics[filter.metric], row, filter.asOf))
    .map((row) => row.id)
    .sort();

describe('clusters on the map', () => {
  test('list exactly the cases they count, every case of the filter once, at every zoom', () => {
    const ways = { own: 0, rollup: 0 };
    fc.assert(
      fc.property(fc.oneof(anyFilter, everything), anyZoom, (filter, zoom) => {
        ways[wayOf(db, filter)] += 1;
        const { features, withoutPoint } = readMapClusters(db, { filter, bbox: county, zoom });
        expect(withoutPoint).toBe(idsOf(filter, false).length);
        const listed = features.map(({ clusterId, caseId, count, overdue, highRisk }) => {
          const { caseIds: ids, total } =
            caseId === null
              ? readClusterCases(db, { filter, clusterId: clusterId ?? -1 })
              : { caseIds: [caseId], total: 1 };
          expect(ids).toHaveLength(count);
          expect(total).toBe(count);
          const inside = rows.filter((row) => ids.includes(row.id));
          const counted = (metric: 'openOverdue' | 'highRisk') =>
            inside.filter((row) => holds(countMetrics[metric], row, filter.asOf)).length;
          expect({ overdue, highRisk }).toEqual({ overdue: counted('openOverdue'), highRisk: counted('highRisk') });
          return ids;
        });
        expect(listed.flat().sort()).toEqual(idsOf(filter, true));
      }),
      { numRuns: 60 },
    );
    expect(Math.min(ways.own, ways.rollup)).toBeGreaterThan(6);
  }, 60_000);

  test('are the same whatever part of the map is looked at', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('recorded', 'open', 'closed'),
        fc.integer({ min: 9, max: 16 }),
        fc.integer({ min: 0, max: 60 }),
        (metric, zoom, at) => {
          const filter = { ...sampleFilter, metric } as CaseFilter;
          const all = readMapClusters(db, { filter, bbox: county, zoom }).features;
          const [west, south] = [118.3 + at / 100, 25.1 + at / 120];
          const part = readMapClusters(db, { filter, bbox: [west, south, west + 0.1, south + 0.08], zoom }).features;
          for (const feature of part) expect(all).toContainEqual(feature);
          const inside = all.filter(
            ({ lng, lat }) => lng >= west && lng <= west + 0.1 && lat >= south && lat <= south + 0.08,
          );
          expect(part).toHaveLength(inside.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  test.each(['recorded', 'open'] as const)(
    'of more cases than a list can name (%s) list the newest and say how many there are',
    (metric) => {
      const heap = memoryReplica();
      const many = Array.from({ length: nameableCases + 3 }, (_, n) =>
        line('case', sampleCase(`h${n}`, { recordedAt: sampleInstant - 86_400_000 + n })),
      );
      fill(heap, [...sampleRegister(), ...many]);
      const filter: CaseFilter = { ...sampleFilter, metric };
      const [cluster] = readMapClusters(heap, { filter, bbox: county, zoom: 17 }).features;
      const listed = readClusterCases(heap, { filter, clusterId: cluster?.clusterId ?? -1 });
      expect([cluster?.count, listed.total, listed.caseIds.length]).toEqual([many.length, many.length, nameableCases]);
      expect(listed.caseIds[0]).toBe(`h${many.length - 1}`);
      expect(listed.caseIds).not.toContain('h2');
      heap.close();
    },
  );

  test('of very many cases are read by where they lie, never by a pass over all of them', () => {
    const { sql, params } = blockSql(
      sampleFilter,
      { level: 17, x: [108_700, 108_720], y: [26_000, 26_020] },
      { where: 'true', params: {} },
    );
    expect(db.planOf(sql, params).join('\n')).toMatch(/SEARCH c USING INDEX cases_cell \(cell>\? AND cell<\?\)/);
  });
});
