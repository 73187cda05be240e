import fc from 'fast-check';
import type { Case } from '../../../shared/model/case.ts';
import { type CaseFilter, countyScope } from '../../../shared/model/case-filter.ts';
import { categorySchema, sourceSchema } from '../../../shared/model/codes.ts';
import { countMetricNames } from '../../../shared/model/metrics/dictionary.ts';
import { startOfMonth, startOfMonthPlus } from '../../../shared/time/shanghai.ts';
import { sampleInstant } from '../sample.test-support.ts';

const day = 86_400_000;

/** Instants around the turns of five months, on the turns themselves, and just beside them. */
export const anyInstant: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: -150, max: 5 }).map((days) => sampleInstant + days * day),
  fc
    .tuple(fc.integer({ min: -4, max: 1 }), fc.integer({ min: -1, max: 1 }))
    .map(([months, ms]) => startOfMonthPlus(startOfMonth(sampleInstant), months) + ms),
);
const moment = fc.option(anyInstant, { freq: 2 });
const rarely = <T>(weight: number, value: T) =>
  fc.oneof({ weight, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constant(value) });

export const towns = ['350322100', '350322101'];
export const villages = ['350322100200', '350322100201', '350322101200'];

/** Any state of a case, also such as no command leads to. */
export const anyCasePatch: fc.Arbitrary<Partial<Case>> = fc.record({
  source: fc.constantFrom(...sourceSchema.options.slice(0, 3)),
  category: fc.constantFrom(...categorySchema.options.slice(0, 3)),
  townCode: fc.constantFrom(...towns, null),
  villageCode: fc.constantFrom(...villages, null),
  lng: fc.constantFrom(118.5, 118.51, 118.9, null),
  dispatchState: fc.constantFrom('auto', 'manual', 'pending'),
  highRisk: fc.boolean(),
  level: fc.constantFrom('village', 'town', 'county'),
  dueAt: anyInstant,
  originalDueAt: anyInstant,
  recordedAt: anyInstant,
  firstActionAt: moment,
  resolvedAt: moment,
  closedAt: moment,
  calledBackAt: moment,
  callbackResult: fc.constantFrom('satisfied', 'basicallySatisfied', 'dissatisfied', 'unreached', null),
  voidedAt: rarely(6, 1),
  mergedIntoId: rarely(6, 'other'),
  petitionKind: fc.constantFrom('first', 'repeat', 'backlog', null),
  campaigns: fc.subarray(['hundredDays', 'hundred']),
});

export const anyFilter: fc.Arbitrary<CaseFilter> = fc.record({
  scope: fc.constantFrom(
    countyScope,
    { level: 'town' as const, code: towns[0] as string },
    { level: 'village' as const, code: villages[0] as string },
  ),
  period: fc.record({ from: fc.option(anyInstant, { freq: 2 }), to: fc.option(anyInstant, { freq: 2 }) }),
  metric: fc.constantFrom(...countMetricNames),
  asOf: fc.oneof(anyInstant, fc.constantFrom(0, sampleInstant + 400 * day)),
  sources: fc.subarray([...sourceSchema.options.slice(0, 3)]),
  categories: fc.subarray([...categorySchema.options.slice(0, 3)], { maxLength: 1 }),
  campaign: rarely(8, 'hundred'),
  // Whose turn a case is stands in other tables: the test of the lists draws it.
  work: fc.constant(null),
  text: fc.constant(''),
  caseIds: rarely(10, ['c1', 'c2', 'c3']),
});

/** Whether the case is of the filter's cohort, in plain code; merged and void ones are for the metrics to pass over. */
export function inCohort(filter: CaseFilter, row: Case): boolean {
  const { scope, period, sources, categories, campaign, caseIds } = filter;
  return (
    (scope.level !== 'town' || row.townCode === scope.code) &&
    (scope.level !== 'village' || row.villageCode === scope.code) &&
    (period.from === null || row.recordedAt >= period.from) &&
    (period.to === null || row.recordedAt < period.to) &&
    (sources.length === 0 || sources.includes(row.source)) &&
    (categories.length === 0 || categories.includes(row.category)) &&
    (campaign === null || row.campaigns.includes(campaign)) &&
    (caseIds === null || caseIds.includes(row.id))
  );
}
