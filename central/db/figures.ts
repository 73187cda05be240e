import type { Pool } from 'pg';
import type { CaseFilter } from '../../shared/model/case-filter.ts';
import { type CountMetric, counted, countMetricNames, countMetrics } from '../../shared/model/metrics/dictionary.ts';
import { type Dialect, expressionOf } from '../../shared/model/metrics/predicate-expression.ts';

const postgres: Dialect = { asOf: '$1::bigint', boolean: (value) => (value ? 'true' : 'false'), prefix: 'c.' };

/** The part of a filter that makes the cohort; words and cluster lists are the desk's own. */
export type CohortFilter = Pick<CaseFilter, 'scope' | 'period' | 'sources' | 'categories' | 'campaign'>;

/** All counts of the metric dictionary for a cohort at `t` (epoch ms), counted by the server's SQL: what the desk's numbers are held against. */
export async function countsInSql(pool: Pool, filter: CohortFilter, t: number): Promise<Record<CountMetric, number>> {
  const { where, values } = cohortSql(filter, t);
  const columns = countMetricNames.map((name) => {
    // An empty conjunction (the cohort itself) has no SQL of its own.
    const metric = countMetrics[name];
    const condition = metric.op === 'and' && metric.of.length === 0 ? 'true' : expressionOf(metric, postgres);
    return `(count(*) FILTER (WHERE ${condition}))::int AS "${name}"`;
  });
  const found = await pool.query<Record<CountMetric, number>>(
    `SELECT ${columns.join(', ')} FROM cases c WHERE $1::bigint IS NOT NULL AND ${where}`,
    values,
  );
  const row = found.rows[0];
  if (!row) throw new Error('a count always gives one row');
  return row;
}

function cohortSql(filter: CohortFilter, t: number): { where: string; values: unknown[] } {
  const values: unknown[] = [t];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const parts = [expressionOf(counted, postgres)];
  if (filter.scope.level === 'town') parts.push(`c.town_code = ${bind(filter.scope.code)}`);
  if (filter.scope.level === 'village') parts.push(`c.village_code = ${bind(filter.scope.code)}`);
  if (filter.period.from !== null) parts.push(`c.recorded_at >= ${bind(filter.period.from)}`);
  if (filter.period.to !== null) parts.push(`c.recorded_at < ${bind(filter.period.to)}`);
  if (filter.sources.length > 0) parts.push(`c.source = ANY(${bind(filter.sources)})`);
  if (filter.categories.length > 0) parts.push(`c.category = ANY(${bind(filter.categories)})`);
  if (filter.campaign !== null) parts.push(`c.campaigns @> to_jsonb(ARRAY[${bind(filter.campaign)}::text])`);
  return { where: parts.join(' AND '), values };
}
