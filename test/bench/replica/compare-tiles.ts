import { DuckDBInstance, type DuckDBPreparedStatement } from '@duckdb/node-api';
import Database from 'better-sqlite3';
import { cohortOf } from '../../../electron/db/filter-sql.ts';
import { metricSql } from '../../../electron/db/rollups/measures.ts';
import type { ReadDb } from '../../../electron/db/statements.ts';
import type { QueryHandlers } from '../../../shared/ipc/contract.ts';
import type { CaseFilter } from '../../../shared/model/case-filter.ts';
import { counted, countMetricNames, countMetrics } from '../../../shared/model/metrics/dictionary.ts';
import { expressionOf } from '../../../shared/model/metrics/predicate-expression.ts';
import { columnsOf } from '../../../shared/protocol/tables.ts';

/** Times of one filter's counts, ms, measured by turns in one process on the same rows. */
export interface TileTimes {
  name: string;
  replica: number[];
  scan: number[];
  duckdb: number[];
}

const minuteMs = 60_000;

/**
 * Every count of the dictionary for a scope and the areas below it: as the desk asks, by one scan of the case table of the same replica, and by DuckDB
 * on a table of the same rows. The as-of instant moves on a minute a round, as it does on a desk. Throws when two of them disagree.
 */
export async function compareTiles(
  reader: { db: ReadDb; handlers: QueryHandlers },
  filters: readonly { name: string; filter: CaseFilter }[],
  rounds: number,
  file: string,
): Promise<TileTimes[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const duck = await instance.connect();
  try {
    await loadCases(duck, file);
    const prepared = new Map<string, DuckDBPreparedStatement>();
    const times = filters.map(({ name }): TileTimes => ({ name, replica: [], scan: [], duckdb: [] }));
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, { name, filter: first }] of filters.entries()) {
        const filter = { ...first, asOf: first.asOf + round * minuteMs };
        const { sql, params } = scanSql(filter);
        const statement = prepared.get(name) ?? (await duck.prepare(duckSql(filter)));
        prepared.set(name, statement);
        const [ours, replica] = timed(() => reader.handlers.areaCounts({ filter }).total.counts);
        const [scanned, scan] = timed(() => reader.db.all<Record<string, number>>(sql, params));
        statement.bindBigInt(1, BigInt(filter.asOf));
        const startedAt = performance.now();
        const found = (await statement.runAndReadAll()).getRowObjects();
        const duckdb = performance.now() - startedAt;
        for (const metric of countMetricNames) {
          const sums = [scanned, found].map((rows) => rows.reduce((sum, row) => sum + Number(row[metric] ?? 0), 0));
          if (sums.some((sum) => sum !== ours[metric]))
            throw new Error(`${name}: ${metric} is ${ours[metric]} by the replica, ${sums.join(', ')} by scan, DuckDB`);
        }
        // The first round fills caches and compiles.
        if (round === 0 && rounds > 1) continue;
        times[index]?.replica.push(replica);
        times[index]?.scan.push(scan);
        times[index]?.duckdb.push(duckdb);
      }
    }
    return times;
  } finally {
    duck.closeSync();
    instance.closeSync();
  }
}

function timed<T>(work: () => T): [T, number] {
  const startedAt = performance.now();
  const value = work();
  return [value, performance.now() - startedAt];
}

const areaOf = ({ level }: CaseFilter['scope']) =>
  level === 'county' ? 'c.town_code' : level === 'town' ? 'c.village_code' : 'NULL';

/** One pass over the table itself: what counting costs without anything kept beside it. */
function scanSql(filter: CaseFilter) {
  const { where, params } = cohortOf(filter);
  const sums = countMetricNames.map(
    (name) => `${name === 'recorded' ? 'count(*)' : `sum(${metricSql(name)})`} AS "${name}"`,
  );
  return {
    sql: `SELECT ${areaOf(filter.scope)} AS area, ${sums.join(', ')} FROM cases c NOT INDEXED WHERE ${where} GROUP BY 1`,
    params: { ...params, asOf: filter.asOf },
  };
}

const dialect = { asOf: '$1::BIGINT', prefix: 'c.', boolean: (value: boolean) => (value ? 'true' : 'false') };

/** The same question in DuckDB's words; only the as-of instant is a parameter. */
function duckSql({ scope, period, sources, categories, campaign }: CaseFilter): string {
  const quoted = (list: readonly string[]) => list.map((one) => `'${one}'`).join(', ');
  const parts = [expressionOf(counted, dialect), '$1::BIGINT IS NOT NULL'];
  if (scope.level === 'town') parts.push(`c.town_code = '${scope.code}'`);
  if (scope.level === 'village') parts.push(`c.village_code = '${scope.code}'`);
  if (period.from !== null) parts.push(`c.recorded_at >= ${period.from}`);
  if (period.to !== null) parts.push(`c.recorded_at < ${period.to}`);
  if (sources.length > 0) parts.push(`c.source IN (${quoted(sources)})`);
  if (categories.length > 0) parts.push(`c.category IN (${quoted(categories)})`);
  if (campaign !== null) parts.push(`contains(c.campaigns, '"${campaign}"')`);
  const sums = countMetricNames.map((name) => {
    const metric = countMetrics[name];
    const all = metric.op === 'and' && metric.of.length === 0;
    return `count(*) FILTER (WHERE ${all ? 'true' : expressionOf(metric, dialect)}) AS "${name}"`;
  });
  return `SELECT ${areaOf(scope)} AS area, ${sums.join(', ')} FROM cases c WHERE ${parts.join(' AND ')} GROUP BY 1`;
}

/** Columns that counting needs; DuckDB keeps each column apart, so others would change nothing. */
const needed = new Set(
  'id source category town_code village_code dispatch_state high_risk level due_at original_due_at recorded_at first_action_at resolved_at closed_at called_back_at callback_result voided_at merged_into_id campaigns petition_kind'.split(
    ' ',
  ),
);

async function loadCases(duck: Awaited<ReturnType<DuckDBInstance['connect']>>, file: string): Promise<void> {
  const columns = columnsOf('case').filter(({ name }) => needed.has(name));
  const typeOf = { text: 'VARCHAR', json: 'VARCHAR', integer: 'BIGINT', real: 'DOUBLE', boolean: 'BOOLEAN' } as const;
  await duck.run(`CREATE TABLE cases (${columns.map(({ name, kind }) => `${name} ${typeOf[kind]}`).join(', ')})`);
  const appender = await duck.createAppender('cases');
  const source = new Database(file, { readonly: true });
  try {
    const rows = source.prepare(`SELECT ${columns.map(({ name }) => name).join(', ')} FROM cases ORDER BY n`).raw();
    for (const row of rows.iterate() as Iterable<(string | number | null)[]>) {
      for (const [index, { kind }] of columns.entries()) {
        const value = row[index] ?? null;
        if (value === null) appender.appendNull();
        else if (kind === 'integer') appender.appendBigInt(BigInt(value));
        else if (kind === 'boolean') appender.appendBoolean(value === 1);
        else appender.appendVarchar(String(value));
      }
      appender.endRow();
    }
    appender.closeSync();
  } finally {
    source.close();
  }
}
