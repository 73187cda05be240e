import type { CaseFilter, Scope } from '../../../shared/model/case-filter.ts';
import { countMetricNames } from '../../../shared/model/metrics/dictionary.ts';
import { cohortOf, membershipOf } from '../filter-sql.ts';
import type { Params, ReadDb } from '../statements.ts';
import { rollupsHold } from './keep.ts';
import { addCounts, type Counts, countedSql, metricSql, noCounts, settledMetricSql, sumsOf } from './measures.ts';
import { type Edge, type Span, spanOf } from './span.ts';
import { type Detail, keySql, type Place, type Rollup, rollups } from './tables.ts';

/** What counts are divided by; `none` is one sum under the key null. Cells are those of the rollups, see `grid.ts`. */
export type Dimension = Place | 'none';
/** A code, the number of a cell, or null for a case that has none. Only keys with a recorded case are there. */
export type Key = string | number | null;
export type CountsByKey = Map<Key, Counts>;

/** A statement whose rows are a key and a sum of every metric. */
export interface Statement {
  sql: string;
  params: Params;
}
type Row = Counts & { key: string | number | null };

/** More cases than this that may still change after `asOf` (a look far back), and the cases are read themselves. */
const liveLimit = 30_000;
/** A period of at most so many cases is read by its index. */
const rangeLimit = 15_000;

/**
 * Every count of the dictionary at `filter.asOf` over the filter's cohort, by a dimension (filter.metric is not applied). Exact at every instant, past ones
 * too: rollups hold each case as it counts once all its moments have passed, and the few for which they have not are set right from their rows.
 */
export function countBy(db: ReadDb, filter: CaseFilter, dimension: Dimension): CountsByKey {
  return db.consistently(() => {
    const statements = rolledUpSql(db, filter, dimension) ?? [scanSql(filter, dimension, driverOf(db, filter))];
    const found: CountsByKey = new Map();
    for (const { sql, params } of statements)
      for (const { key, ...counts } of db.all<Row>(sql, params)) {
        const place = key === '' || key === -1 ? null : key;
        const known = found.get(place);
        if (known) addCounts(known, counts);
        else found.set(place, { ...noCounts(), ...counts });
      }
    for (const [key, counts] of found) if (counts.recorded === 0) found.delete(key);
    return found;
  });
}

/** The statements whose sums are the counts; null when no rollup fits or the cases are quicker read. Exported for tests of their plans. */
export function rolledUpSql(db: ReadDb, filter: CaseFilter, dimension: Dimension): Statement[] | null {
  const rollup = rollupFor(filter, dimension);
  if (!rollup || !rollupsHold(db) || manyLive(db, filter.asOf)) return null;
  const span = spanOf(filter.period, (from, to) => sizeOf(db, from, to));
  if (!span) return null;
  const everything = membershipOf({ ...filter, period: { from: null, to: null } });
  const key = dimension === 'none' ? 'NULL' : keySql[dimension];
  return [
    ...storedSql(rollup, filter, dimension, span),
    ...loggedSql(key, everything, span),
    ...span.edges.map((edge) => edgeSql(key, everything, edge)),
    liveSql(key, filter),
  ];
}

/** The plain count over the cases: what rollups are measured against, and what serves where none fits. */
export function scanSql(filter: CaseFilter, dimension: Dimension, driver = ''): Statement {
  const { where, params } = cohortOf(filter);
  const key = { none: 'NULL', town: 'c.town_code', village: 'c.village_code', cell: keySql.cell }[dimension];
  return {
    sql: `SELECT ${key} AS key, ${sumsOf(metricSql)} FROM cases c ${driver} WHERE ${where} GROUP BY 1`,
    params: { ...params, asOf: filter.asOf },
  };
}

/** The smallest rollup that has what the filter chooses by and the dimension divides by. */
export function rollupFor(filter: CaseFilter, dimension: Dimension): Rollup | null {
  const { scope, period, sources, categories, campaign, text, caseIds } = filter;
  if (campaign !== null || caseIds !== null || text.trim() !== '') return null;
  const place = placeFor(scope, dimension);
  const needed: Detail[] = [];
  if (period.from !== null || period.to !== null) needed.push('month');
  if (sources.length > 0) needed.push('source');
  if (categories.length > 0) needed.push('category');
  const has = (rollup: Rollup, detail: Detail) => rollup.details.some((one) => one === detail);
  return rollups.find((one) => one.place === place && needed.every((detail) => has(one, detail))) ?? null;
}

function placeFor(scope: Scope, dimension: Dimension): Place | null {
  if (scope.level === 'village') return dimension === 'none' || dimension === 'village' ? 'village' : null;
  return dimension === 'none' ? 'town' : dimension;
}

function storedSql(rollup: Rollup, filter: CaseFilter, dimension: Dimension, { months }: Span): Statement[] {
  if (!months) return [];
  const { scope, period, sources, categories } = filter;
  const parts = ['true'];
  const params: Record<string, string | number> = {};
  if (scope.level === 'town') parts.push('town = :scope');
  // The key begins with the town: look into each, whatever the register says of where the village belongs.
  if (scope.level === 'village') parts.push(`town IN (${townsOf(rollup.name)}) AND village = :scope`);
  if (scope.level !== 'county') params.scope = scope.code;
  if (period.from !== null || period.to !== null) {
    parts.push('month BETWEEN :first AND :last');
    Object.assign(params, months);
  }
  if (sources.length > 0) {
    parts.push('source IN (SELECT value FROM json_each(:sources))');
    params.sources = JSON.stringify(sources);
  }
  if (categories.length > 0) {
    parts.push('category IN (SELECT value FROM json_each(:categories))');
    params.categories = JSON.stringify(categories);
  }
  const key = dimension === 'none' ? 'NULL' : dimension;
  const sums = countMetricNames.map((metric) => `sum("${metric}") AS "${metric}"`).join(', ');
  const sql = `SELECT ${key} AS key, ${sums} FROM ${rollup.name} WHERE ${parts.join(' AND ')} GROUP BY 1`;
  return [{ sql, params }];
}

function townsOf(table: string): string {
  return `WITH RECURSIVE towns (code) AS (
    SELECT min(town) FROM ${table} UNION ALL SELECT (SELECT min(town) FROM ${table} WHERE town > code) FROM towns WHERE code IS NOT NULL
  ) SELECT code FROM towns WHERE code IS NOT NULL`;
}

function loggedSql(key: string, { where, params }: { where: string; params: Params }, { months }: Span): Statement[] {
  if (!months) return [];
  const sums = sumsOf((metric) => `c.sign * ${settledMetricSql(metric)}`);
  const sql = `SELECT ${key} AS key, ${sums} FROM rollup_change c
    WHERE ${where} AND c.recorded_month BETWEEN :first AND :last GROUP BY 1`;
  return [{ sql, params: { ...params, ...months } }];
}

function edgeSql(key: string, { where, params }: { where: string; params: Params }, edge: Edge): Statement {
  const sums = sumsOf((metric) => `${edge.sign} * ${settledMetricSql(metric)}`);
  return {
    sql: `SELECT ${key} AS key, ${sums} FROM cases c INDEXED BY cases_recorded
      WHERE ${countedSql} AND ${where} AND c.recorded_at >= :from AND c.recorded_at < :to GROUP BY 1`,
    params: { ...params, from: edge.from, to: edge.to },
  };
}

/** What differs at `asOf` from the end of time, over the cases for which anything does. */
function liveSql(key: string, filter: CaseFilter): Statement {
  const { where, params } = cohortOf(filter);
  const sums = sumsOf((metric) => `${metricSql(metric)} - ${settledMetricSql(metric)}`);
  return {
    sql: `SELECT ${key} AS key, ${sums} FROM cases c INDEXED BY cases_settled WHERE ${where} AND c.settled_at > :asOf GROUP BY 1`,
    params: { ...params, asOf: filter.asOf },
  };
}

function manyLive(db: ReadDb, asOf: number): boolean {
  const sql = 'SELECT 1 FROM cases WHERE settled_at > :asOf LIMIT 1 OFFSET :most';
  return db.get(sql, { asOf, most: liveLimit }) !== undefined;
}

function sizeOf(db: ReadDb, from: number, to: number): number {
  const sql = 'SELECT count(*) AS size FROM cases WHERE recorded_at >= :from AND recorded_at < :to';
  return db.get<{ size: number }>(sql, { from, to })?.size ?? 0;
}

/** How the plain count had best reach the cases: a short period by its index. While the file is being filled its indexes may be missing. */
function driverOf(db: ReadDb, { period, campaign, text, caseIds, scope }: CaseFilter): string {
  const chosen = campaign !== null || caseIds !== null || text.trim() !== '' || scope.level === 'village';
  if (chosen || period.from === null || !rollupsHold(db)) return '';
  const sql = 'SELECT 1 FROM cases WHERE recorded_at >= :from AND recorded_at < :to LIMIT 1 OFFSET :most';
  const long = db.get(sql, { from: period.from, to: period.to ?? Number.MAX_SAFE_INTEGER, most: rangeLimit });
  return long === undefined ? 'INDEXED BY cases_recorded' : '';
}
