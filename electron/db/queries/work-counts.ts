import type { QueryResult } from '../../../shared/ipc/contract.ts';
import type { CaseFilter, WorkFacet } from '../../../shared/model/case-filter.ts';
import { casesOf } from '../filter-sql.ts';
import type { Params, ReadDb } from '../statements.ts';

/** How many of the filter's cases wait for whom. */
export function readWorkCounts(db: ReadDb, filter: CaseFilter): QueryResult<'workCounts'> {
  const count = (work: WorkFacet): number => {
    const { sql, params } = workCountSql(db, { ...filter, work });
    return db.get<{ cases: number }>(sql, params)?.cases ?? 0;
  };
  return db.consistently(() => ({
    countyInbox: count('countyInbox'),
    assigned: count('assigned'),
    extensionAsked: count('extensionAsked'),
  }));
}

/** Exported so that a test can pin its plan. */
export function workCountSql(db: ReadDb, filter: CaseFilter): { sql: string; params: Params } {
  const { where, params } = casesOf(db, filter);
  return { sql: `SELECT count(*) AS cases FROM cases c WHERE ${where}`, params };
}
