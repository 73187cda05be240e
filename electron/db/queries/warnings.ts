import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import type { Scope } from '../../../shared/model/case-filter.ts';
import { dueSoonMs } from '../../../shared/model/due-state.ts';
import { riskKind, turningKinds, type WarningKind } from '../../../shared/model/warnings.ts';
import type { Params, ReadDb } from '../statements.ts';
import { readCaseRows } from './case-rows.ts';

/** Newest so many of a kind come with their rows; the rest are counted. */
const shown = 20;
const live = 'c.closed_at IS NULL AND c.merged_into_id IS NULL AND c.voided_at IS NULL';
/** The last event of these kinds, by the index of a case's events. */
const lastOf = (kinds: readonly string[]): string =>
  `coalesce((SELECT max(e.at) FROM case_event e WHERE e.case_id = c.id AND e.at <= :to
    AND e.kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')})), 0)`;

const inState = {
  amber: 'c.due_at >= :to AND c.due_at <= :to + :soon',
  red: 'c.due_at < :to',
  highRisk: 'c.high_risk = 1',
} as const satisfies Record<WarningKind, string>;
const enters = {
  amber: 'c.due_at - :soon',
  red: 'c.due_at + 1',
  highRisk: 'c.recorded_at',
} as const satisfies Record<WarningKind, string>;
const turns = {
  amber: turningKinds,
  red: turningKinds,
  highRisk: [riskKind],
} as const satisfies Record<WarningKind, readonly string[]>;

/**
 * The same as `transitionsOf`, from two small stretches: open cases whose due lies where time alone moved them, and those that were changed within the
 * window, which time alone does not explain. Exported so that a test can pin its plan.
 */
export function transitionsSql(kind: WarningKind, scope: Scope): { sql: string; params: Params } {
  const place = { county: '', town: ' AND c.town_code = :code', village: ' AND c.village_code = :code' }[scope.level];
  const moved = `max(${enters[kind]}, c.recorded_at, ${lastOf(turns[kind])})`;
  const byTime = {
    amber: 'c.due_at > :from + :soon AND c.due_at <= :to + :soon AND c.due_at >= :to',
    red: 'c.due_at >= :from AND c.due_at < :to',
    highRisk: null,
  }[kind];
  const changed = `SELECT c.n AS n, ${moved} AS at FROM cases c INDEXED BY cases_updated
    WHERE c.updated_at > :from AND ${live} AND ${inState[kind]}${place}`;
  const timed =
    byTime === null
      ? ''
      : `SELECT c.n AS n, ${moved} AS at FROM cases c INDEXED BY cases_open WHERE ${live} AND ${byTime}${place} UNION `;
  return {
    sql: `SELECT n, at FROM (${timed}${changed}) WHERE at > :from AND at <= :to ORDER BY at DESC, n DESC`,
    params: {
      ...(kind === 'highRisk' ? {} : { soon: dueSoonMs }),
      ...(scope.level === 'county' ? {} : { code: scope.code }),
    },
  };
}

/** What came to warn within (from, to], as it stands at `to`. */
export function readWarnings(db: ReadDb, { from, to, scope }: QueryArgs<'warnings'>): QueryResult<'warnings'> {
  const of = (kind: WarningKind): QueryResult<'warnings'>['red'] => {
    const { sql, params } = transitionsSql(kind, scope);
    const found = db.all<{ n: number; at: number }>(sql, { ...params, from, to });
    const newest = found.slice(0, shown);
    const rows = readCaseRows(
      db,
      newest.map(({ n }) => n),
    );
    return { count: found.length, rows: rows.map((row, index) => ({ row, at: newest[index]?.at ?? to })) };
  };
  return db.consistently(() => ({ amber: of('amber'), red: of('red'), highRisk: of('highRisk') }));
}
