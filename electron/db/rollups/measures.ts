import { type CountMetric, counted, countMetricNames, countMetrics } from '../../../shared/model/metrics/dictionary.ts';
import type { Predicate } from '../../../shared/model/metrics/predicate.ts';
import { type Dialect, expressionOf } from '../../../shared/model/metrics/predicate-expression.ts';
import { atEnd } from './at-end.ts';

export type Counts = Record<CountMetric, number>;

/** The replica's way of writing the metric dictionary. The case is always `c`, the as-of instant `:asOf`. */
export const dialect: Dialect = { asOf: ':asOf', prefix: 'c.', boolean: (value) => (value ? '1' : '0') };

/** Whether a case counts at all: neither merged nor void. */
export const countedSql = expressionOf(counted, dialect);

/** One metric of one case `c` at `:asOf`, as 1 or 0. */
export function metricSql(metric: CountMetric): string {
  return written(countMetrics[metric]);
}

/** The same once every instant of the case has passed: what it is from its `settled_at` on. */
export function settledMetricSql(metric: CountMetric): string {
  return written(atEnd(countMetrics[metric]));
}

function written(predicate: Predicate): string {
  if ((predicate.op === 'and' || predicate.op === 'or') && predicate.of.length === 0)
    return predicate.op === 'and' ? '1' : '0';
  return expressionOf(predicate, dialect);
}

/** Sums of every metric over cases `c`, named by metric; `each` writes the summand of one. */
export function sumsOf(each: (metric: CountMetric) => string): string {
  return countMetricNames.map((metric) => `sum(${each(metric)}) AS "${metric}"`).join(', ');
}

export function noCounts(): Counts {
  return Object.fromEntries(countMetricNames.map((metric) => [metric, 0])) as Counts;
}

export function addCounts(into: Counts, counts: Counts, sign = 1): void {
  for (const metric of countMetricNames) into[metric] += sign * counts[metric];
}
