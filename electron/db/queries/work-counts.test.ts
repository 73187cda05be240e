import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import {
  type CaseFilter,
  caseFilterSchema,
  caseSortSchema,
  workFacetSchema,
} from '../../../shared/model/case-filter.ts';
import { handoverStateSchema, levelSchema } from '../../../shared/model/codes.ts';
import { counted, countMetrics } from '../../../shared/model/metrics/dictionary.ts';
import { holds } from '../../../shared/model/metrics/predicate.ts';
import { openRead, openWrite } from '../connection.ts';
import {
  fill,
  line,
  sampleCase,
  sampleFilter,
  sampleInstant,
  sampleRegister,
  scratchFile,
} from '../sample.test-support.ts';
import type { ServerLine } from '../server-rows.ts';
import { queryHandlers } from './handlers.ts';
import { planList, sliceSql } from './list-way.ts';
import { workCountSql } from './work-counts.ts';

const anyWork = fc.record({
  closed: fc.boolean(),
  merged: fc.constantFrom(false, false, false, true),
  high: fc.boolean(),
  village: fc.constantFrom('350322100200', '350322101200'),
  escalation: fc.option(
    fc.record({
      state: fc.constantFrom(...handoverStateSchema.options),
      toLevel: fc.constantFrom(...levelSchema.options),
    }),
  ),
  assignment: fc.option(fc.constantFrom(...handoverStateSchema.options)),
  extension: fc.option(fc.constantFrom('asked', 'approved', 'lapsed')),
});
const works = fc.sample(anyWork, { numRuns: 400, seed: 11 });
const cases = works.map(({ closed, merged, high, village }, index) =>
  sampleCase(`c${index}`, {
    villageCode: village,
    townCode: village.slice(0, 9),
    highRisk: high,
    closedAt: closed ? sampleInstant - 1 : null,
    mergedIntoId: merged ? 'other' : null,
  }),
);
const ended = { endedAt: null, endedBy: null, endNote: '' };
const records = works.flatMap(({ escalation, assignment, extension }, index): ServerLine[] => {
  const common = { rev: 1, caseId: `c${index}`, reason: '需上级协调', at: sampleInstant, by: '郑测试' };
  return [
    ...(escalation
      ? [
          line('escalation', {
            ...common,
            ...ended,
            id: `e${index}`,
            fromLevel: 'village',
            toLevel: escalation.toLevel,
            state: escalation.state,
            consultations: 2,
            override: false,
          }),
        ]
      : []),
    ...(assignment
      ? [
          line('assignment', {
            ...common,
            ...ended,
            id: `a${index}`,
            kind: 'department',
            assigneeId: 'd-1',
            assigneeName: '县自然资源局',
            state: assignment,
            basis: 'chosen',
          }),
        ]
      : []),
    ...(extension
      ? [
          line('extension', {
            id: `x${index}`,
            rev: 1,
            caseId: `c${index}`,
            state: extension as 'asked',
            reason: '鉴定未出结果',
            fromDueAt: 1,
            newDueAt: 2,
            late: false,
            askedAt: 1,
            askedBy: '郑测试',
            decidedAt: null,
            decidedBy: null,
            decision: '',
          }),
        ]
      : []),
  ];
});

const file = scratchFile();
const writer = openWrite(file);
fill(writer, [...sampleRegister(), ...cases.map((row) => line('case', row)), ...records]);
const reader = openRead(file);
const handlers = queryHandlers(reader, (work) => work());
afterAll(() => {
  reader.close();
  writer.close();
});

/** Whose turn each case is, in plain code. */
const turns = works.map(({ escalation, assignment, extension }) => ({
  countyInbox: escalation?.state === 'open' && escalation.toLevel === 'county' && assignment !== 'open',
  assigned: assignment === 'open',
  extensionAsked: extension === 'asked',
}));
const anyFilter: fc.Arbitrary<CaseFilter> = fc.record({
  scope: fc.constantFrom(
    sampleFilter.scope,
    { level: 'town' as const, code: '350322100' },
    { level: 'village' as const, code: '350322100200' },
  ),
  metric: fc.constantFrom('open', 'recorded', 'highRisk', 'openOverdue', 'closed'),
  asOf: fc.constantFrom(sampleInstant, sampleInstant - 2, sampleInstant + 9e8),
  period: fc.constantFrom({ from: null, to: null }, { from: sampleInstant - 9e8, to: null }),
  sources: fc.constant([]),
  categories: fc.constant([]),
  campaign: fc.constant(null),
  work: fc.constant(null),
  text: fc.constantFrom('', '排水'),
  caseIds: fc.constant(null),
});

test('who waits for whom is counted by the plain rule, and every number is as long as the list behind it', () => {
  fc.assert(
    fc.property(anyFilter, fc.constantFrom(...caseSortSchema.options), (filter, sort) => {
      const counts = handlers.workCounts({ filter });
      for (const work of workFacetSchema.options) {
        const expected = cases.filter(
          (row, index) =>
            turns[index]?.[work] &&
            holds(counted, row, filter.asOf) &&
            holds(countMetrics[filter.metric], row, filter.asOf) &&
            (filter.scope.level === 'county' || row.villageCode?.startsWith(filter.scope.code)),
        );
        expect(counts[work]).toBe(expected.length);
        const { listId, total } = handlers.openList({ filter: { ...filter, work }, sort, limit: 5 });
        const { ids } = handlers.listIds({ listId, offset: 0, limit: 5000 });
        expect([...ids].sort()).toEqual(expected.map(({ id }) => id).sort());
        if (total !== null) expect(total).toBe(expected.length);
        const inside = handlers.areaCounts({ filter: { ...filter, work } }).total.counts;
        expect(inside[filter.metric]).toBe(expected.length);
        const { features, withoutPoint } = handlers.mapClusters({
          filter: { ...filter, work },
          bbox: [-180, -85, 180, 85],
          zoom: 5,
        });
        expect(features.reduce((sum, { count }) => sum + count, withoutPoint)).toBe(expected.length);
      }
    }),
    { numRuns: 60 },
  );
});

test('a question sent by an older page asks for whoever’s turn it is', () => {
  const { work: _, ...older } = sampleFilter;
  const filter = caseFilterSchema.parse(older);
  expect(handlers.openList({ filter, sort: 'due', limit: 5 }).total).toBe(
    cases.filter((row) => holds(counted, row, sampleInstant)).length,
  );
});

test.each(workFacetSchema.options)('cases of %s are reached from the small index of what is open', (work) => {
  const small = { countyInbox: 'escalation_open', assigned: 'assignment_open', extensionAsked: 'extension_asked' }[
    work
  ];
  for (const metric of ['open', 'recorded', 'highRisk'] as const) {
    const filter: CaseFilter = { ...sampleFilter, metric, work, period: { from: 1, to: null } };
    const plans = [workCountSql(reader, filter)];
    for (const sort of caseSortSchema.options) {
      const { stretches, way } = planList(reader, filter, sort, 100);
      plans.push(...stretches.map((stretch) => sliceSql(stretch, way, null, 100)));
    }
    for (const { sql, params } of plans) {
      const plan = reader.planOf(sql, params).join('\n');
      expect(plan).toContain(small);
      expect(plan).toMatch(/SEARCH c USING (COVERING )?INDEX sqlite_autoindex_cases_1 \(id=\?\)/);
      expect(plan).not.toMatch(/SCAN c\b/);
    }
  }
});
