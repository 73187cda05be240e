import type { QueryResult } from '../../../shared/ipc/contract.ts';
import type { CaseFilter, Scope } from '../../../shared/model/case-filter.ts';
import { type CountMetric, countMetricNames } from '../../../shared/model/metrics/dictionary.ts';
import { cohortOf, metricSql } from '../filter-sql.ts';
import type { Params, ReadDb } from '../statements.ts';

type Counts = Record<CountMetric, number>;
type Row = Counts & { area: string | null };

const sums = countMetricNames
  .map((metric) => `${metric === 'recorded' ? 'count(*)' : `sum(${metricSql(metric)})`} AS "${metric}"`)
  .join(', ');

/** Area just below a scope; a village has none. */
function areaColumn(scope: Scope): string {
  if (scope.level === 'county') return 'c.town_code';
  return scope.level === 'town' ? 'c.village_code' : 'NULL';
}

/** The one pass over the covering index that gives every count; exported so that a test can pin its plan. */
export function areaCountsSql(filter: CaseFilter): { sql: string; params: Params } {
  const { where, params } = cohortOf(filter);
  return {
    sql: `SELECT ${areaColumn(filter.scope)} AS area, ${sums} FROM cases c WHERE ${where} GROUP BY 1`,
    params: { ...params, asOf: filter.asOf },
  };
}

/** Every count for the scope, for each area just below it (also those with none), and for what lies in the scope but in no area. */
export function readAreaCounts(db: ReadDb, filter: CaseFilter): QueryResult<'areaCounts'> {
  const { sql, params } = areaCountsSql(filter);
  const byArea = new Map<string, Counts>(areasBelow(db, filter.scope).map((code) => [code, noCounts()]));
  const total = noCounts();
  const unplaced = noCounts();
  for (const { area, ...counts } of db.all<Row>(sql, params)) {
    add(total, counts);
    if (area === null) {
      if (filter.scope.level !== 'village') add(unplaced, counts);
    } else byArea.set(area, counts);
  }
  return {
    total: { code: filter.scope.code, counts: total },
    areas: [...byArea].map(([code, counts]) => ({ code, counts })),
    unplaced: { code: filter.scope.code, counts: unplaced },
  };
}

function areasBelow(db: ReadDb, scope: Scope): string[] {
  if (scope.level === 'county') return db.column<string>('SELECT id FROM town ORDER BY id');
  if (scope.level === 'village') return [];
  return db.column<string>('SELECT id FROM village WHERE town_code = :code ORDER BY id', { code: scope.code });
}

function noCounts(): Counts {
  return Object.fromEntries(countMetricNames.map((metric) => [metric, 0])) as Counts;
}

function add(into: Counts, counts: Counts): void {
  for (const metric of countMetricNames) into[metric] += counts[metric];
}
