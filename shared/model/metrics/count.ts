import type { Case } from '../case.ts';
import type { Period } from '../case-filter.ts';
import { type CountMetric, counted, countMetricNames, countMetrics } from './dictionary.ts';
import { holds } from './predicate.ts';

/** What the metrics look at: a case without its lists. */
export type CountableCase = Omit<Case, 'parties' | 'dispatchChain' | 'campaigns'>;

/**
 * All counts of a cohort as of `t`, in plain code: what the SQL of both databases is measured against. `rows` is the cohort; merged and void cases
 * in it are passed over.
 */
export function countCases(rows: Iterable<CountableCase>, t: number): Record<CountMetric, number> {
  const counts = Object.fromEntries(countMetricNames.map((name) => [name, 0])) as Record<CountMetric, number>;
  for (const row of rows) {
    if (!holds(counted, row, t)) continue;
    for (const name of countMetricNames) if (holds(countMetrics[name], row, t)) counts[name] += 1;
  }
  return counts;
}

/** Whether the case was recorded in the half-open period. */
export function recordedIn(row: Pick<Case, 'recordedAt'>, period: Period): boolean {
  return (period.from === null || row.recordedAt >= period.from) && (period.to === null || row.recordedAt < period.to);
}
