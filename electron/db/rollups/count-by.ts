import type { CaseFilter, Period, Scope } from '../../../shared/model/case-filter.ts';
import { type CountMetric, countMetricNames } from '../../../shared/model/metrics/dictionary.ts';
import { type Condition, cohortOf, membershipOf } from '../filter-sql.ts';
import type { Params, ReadDb } from '../statements.ts';
import { rollupsHold } from './build.ts';
import { type Counts, countedSql, type Measure, metricSql, settledSql, sumsOf, unsettledSql } from './measures.ts';
import { type Edge, type Span, spanOf } from './span.ts';
import { type Detail, keySql, type Place, type Rollup, rollups } from './tables.ts';

/** What counts are divided by; `none` is one sum under the key null. Cells are those of the rollups, see `grid.ts`. */
export type Dimension = Place | Facet | 'none';
export type Facet = Exclude<Detail, 'month'>;
/** A code, the number of a cell (`x * 2^level + y`), or null for a case that has none. Only keys with a recorded case are there. */
export type Key = string | number | null;
export type CountsByKey = Map<Key, Counts>;
export type Sums<M extends Measure> = Record<M | 'recorded', number>;

/** Numbers of cells, both ends included. */
export interface KeyRange {
  low: number;
  high: number;
}

/** A statement whose rows are a key and a sum of every measure. */
export interface Statement {
  sql: string;
  params: Params;
}

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
    const statements = rolledUpSql(db, filter, dimension, countMetricNames);
    return addUp<CountMetric>(db, statements ?? [scanSql(filter, dimension, driverOf(db, filter))], countMetricNames);
  });
}

/** The same for some measures and keys, and only by rollups; null where none fits. `recorded` always comes along. */
export function sumBy<M extends Measure>(
  db: ReadDb,
  filter: CaseFilter,
  dimension: Dimension,
  wanted: readonly M[],
  keys: KeyRange | null = null,
): Map<Key, Sums<M>> | null {
  return db.consistently(() => {
    const measures = [...new Set<M | 'recorded'>(['recorded', ...wanted])];
    const statements = rolledUpSql(db, filter, dimension, measures, keys);
    return statements && addUp(db, statements, measures);
  });
}

function addUp<M extends Measure>(
  db: ReadDb,
  statements: readonly Statement[],
  measures: readonly (M | 'recorded')[],
): Map<Key, Sums<M>> {
  const found = new Map<Key, Sums<M>>();
  for (const { sql, params } of statements)
    for (const { key, ...sums } of db.all<Sums<M> & { key: Key }>(sql, params)) {
      const place = key === '' || key === -1 ? null : key;
      const known = found.get(place);
      if (known) for (const measure of measures) known[measure] += (sums as Sums<M>)[measure];
      else found.set(place, sums as unknown as Sums<M>);
    }
  for (const [key, sums] of found) if (sums.recorded === 0) found.delete(key);
  return found;
}

/** The statements whose sums are the measures; null when no rollup fits or the cases are quicker read. Exported for tests of their plans. */
export function rolledUpSql(
  db: ReadDb,
  filter: CaseFilter,
  dimension: Dimension,
  measures: readonly Measure[] = countMetricNames,
  keys: KeyRange | null = null,
): Statement[] | null {
  const rollup = rollupFor(filter, dimension);
  if (!rollup || !rollupsHold(db) || manyLive(db, filter.asOf)) return null;
  const span = spanOf(filter.period, (from, to) => sizeOf(db, from, to));
  if (!span) return null;
  const key = dimension === 'none' ? 'NULL' : keySql[dimension];
  const within = keys ? ` AND ${key} BETWEEN :low AND :high` : '';
  const whole = membershipOf({ ...filter, period: { from: null, to: null } });
  const cohort = { where: whole.where + within, params: { ...whole.params, ...keys } };
  const question: Question = {
    filter,
    dimension,
    measures,
    cohort,
    key,
    within,
    keys,
  };
  return [
    ...(span.months ? [storedSql(rollup, question, span.months), loggedSql(question, span.months)] : []),
    ...span.edges.map((edge) => edgeSql(question, edge)),
    liveSql(question),
  ];
}

interface Question {
  filter: CaseFilter;
  dimension: Dimension;
  measures: readonly Measure[];
  /** The filter without its period, and the keys. */
  cohort: Condition;
  key: string;
  keys: KeyRange | null;
  /** Condition that a case is of one of the keys. */
  within: string;
}
type Months = NonNullable<Span['months']>;

/** The plain count over the cases: what rollups are measured against, and what serves where none fits. */
export function scanSql(filter: CaseFilter, dimension: Dimension, driver = ''): Statement {
  const { where, params } = cohortOf(filter);
  const key = { ...keySql, none: 'NULL', town: 'c.town_code', village: 'c.village_code' }[dimension];
  return {
    sql: `SELECT ${key} AS key, ${sumsOf(countMetricNames, metricSql)} FROM cases c ${driver} WHERE ${where} GROUP BY 1`,
    params: { ...params, asOf: filter.asOf },
  };
}

/** The smallest rollup that has what the filter chooses by and the dimension divides by. */
export function rollupFor(filter: CaseFilter, dimension: Dimension): Rollup | null {
  const { scope, period, sources, categories, campaign, work, text, caseIds } = filter;
  if (campaign !== null || work !== null || caseIds !== null || text.trim() !== '') return null;
  const place = placeFor(scope, dimension);
  const needed: Detail[] = [];
  if (period.from !== null || period.to !== null) needed.push('month');
  if (sources.length > 0 || dimension === 'source') needed.push('source');
  if (categories.length > 0 || dimension === 'category') needed.push('category');
  const has = (rollup: Rollup, detail: Detail) => rollup.details.some((one) => one === detail);
  return rollups.find((one) => one.place === place && needed.every((detail) => has(one, detail))) ?? null;
}

function placeFor(scope: Scope, dimension: Dimension): Place | null {
  const asked = dimension === 'source' || dimension === 'category' ? 'none' : dimension;
  if (scope.level === 'village') return asked === 'none' || asked === 'village' ? 'village' : null;
  return asked === 'none' ? 'town' : asked;
}

function storedSql(rollup: Rollup, { filter, dimension, measures, keys }: Question, months: Months): Statement {
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
  if (keys) {
    parts.push(`${key} BETWEEN :low AND :high`);
    Object.assign(params, keys);
  }
  const sums = sumsOf(measures, (measure) => `"${measure}"`);
  const sql = `SELECT ${key} AS key, ${sums} FROM ${rollup.name} WHERE ${parts.join(' AND ')} GROUP BY 1`;
  return { sql, params };
}

function townsOf(table: string): string {
  return `WITH RECURSIVE towns (code) AS (
    SELECT min(town) FROM ${table} UNION ALL SELECT (SELECT min(town) FROM ${table} WHERE town > code) FROM towns WHERE code IS NOT NULL
  ) SELECT code FROM towns WHERE code IS NOT NULL`;
}

function loggedSql({ key, measures, cohort }: Question, months: Months): Statement {
  const sums = sumsOf(measures, (measure) => `c.sign * ${settledSql(measure)}`);
  const sql = `SELECT ${key} AS key, ${sums} FROM rollup_change c
    WHERE ${cohort.where} AND c.recorded_month BETWEEN :first AND :last GROUP BY 1`;
  return { sql, params: { ...cohort.params, ...months } };
}

function edgeSql({ key, measures, cohort }: Question, { from, to, sign }: Edge): Statement {
  const sums = sumsOf(measures, (measure) => `${sign} * ${settledSql(measure)}`);
  const sql = `SELECT ${key} AS key, ${sums} FROM cases c INDEXED BY cases_recorded
    WHERE ${countedSql} AND ${cohort.where} AND c.recorded_at >= :from AND c.recorded_at < :to GROUP BY 1`;
  return { sql, params: { ...cohort.params, from, to } };
}

/** What differs at `asOf` from the end of time, over the cases for which anything does. */
function liveSql({ key, keys, within, measures, filter }: Question): Statement {
  const { where, params } = cohortOf(filter);
  const sums = sumsOf(measures, unsettledSql);
  const sql = `SELECT ${key} AS key, ${sums} FROM cases c INDEXED BY cases_settled
    WHERE ${where}${within} AND c.settled_at > :asOf GROUP BY 1`;
  return { sql, params: { ...params, ...keys, asOf: filter.asOf } };
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
function driverOf(db: ReadDb, { period, campaign, work, text, caseIds, scope }: CaseFilter): string {
  const chosen =
    campaign !== null || work !== null || caseIds !== null || text.trim() !== '' || scope.level === 'village';
  return !chosen && rollupsHold(db) && isShort(db, period) ? 'INDEXED BY cases_recorded' : '';
}

/** Whether the period holds so few cases that reading them all by its index is quick. */
export function isShort(db: ReadDb, { from, to }: Period): boolean {
  if (from === null) return false;
  const sql = 'SELECT 1 FROM cases WHERE recorded_at >= :from AND recorded_at < :to LIMIT 1 OFFSET :most';
  return db.get(sql, { from, to: to ?? Number.MAX_SAFE_INTEGER, most: rangeLimit }) === undefined;
}
