import { type CountMetric, counted, countMetricNames, countMetrics } from '../../../shared/model/metrics/dictionary.ts';
import type { Predicate } from '../../../shared/model/metrics/predicate.ts';
import { type Dialect, expressionOf } from '../../../shared/model/metrics/predicate-expression.ts';
import { atEnd } from './at-end.ts';
import { finestX, finestY } from './grid.ts';

export type Counts = Record<CountMetric, number>;

/** The replica's way of writing the metric dictionary. The case is always `c`, the as-of instant `:asOf`. */
export const dialect: Dialect = { asOf: ':asOf', prefix: 'c.', boolean: (value) => (value ? '1' : '0') };

/** Whether a case counts at all: neither merged nor void. */
export const countedSql = expressionOf(counted, dialect);

/**
 * What a rollup sums up: every count metric and, of cells, the places of the cases recorded in it (squares of the finest level), so that a cluster stands
 * where its cases are.
 */
export type Measure = CountMetric | 'sumX' | 'sumY';
const places: Readonly<Record<string, string>> = { sumX: `COALESCE(${finestX}, 0)`, sumY: `COALESCE(${finestY}, 0)` };

/** One metric of one case `c` at `:asOf`, as 1 or 0. */
export function metricSql(metric: CountMetric): string {
  return written(countMetrics[metric]);
}

/** A measure of one case `c` once every instant of it has passed: what it is from its `settled_at` on. */
export function settledSql(measure: Measure): string {
  return places[measure] ?? written(atEnd(countMetrics[measure as CountMetric]));
}

/** The settled count metrics of one case `c` as one number: bit k is the k-th of `countMetricNames`. */
export const bitsSql = countMetricNames.map((metric, k) => `((${settledSql(metric)}) << ${k})`).join(' | ');

/** What a measure of one case `c` at `:asOf` is more than in the end. */
export function unsettledSql(measure: Measure): string {
  return measure in places ? '0' : `${metricSql(measure as CountMetric)} - ${settledSql(measure)}`;
}

function written(predicate: Predicate): string {
  if ((predicate.op === 'and' || predicate.op === 'or') && predicate.of.length === 0)
    return predicate.op === 'and' ? '1' : '0';
  return expressionOf(predicate, dialect);
}

/** Sums of measures, named by measure; `each` writes the summand of one. */
export function sumsOf<M extends Measure>(measures: readonly M[], each: (measure: M) => string): string {
  return measures.map((measure) => `sum(${each(measure)}) AS "${measure}"`).join(', ');
}

export function noCounts(): Counts {
  return Object.fromEntries(countMetricNames.map((metric) => [metric, 0])) as Counts;
}

export function addCounts(into: Counts, counts: Counts, sign = 1): void {
  for (const metric of countMetricNames) into[metric] += sign * counts[metric];
}
