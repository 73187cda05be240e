import { type CaseRow, caseRowSchema } from '../../../shared/model/case-view.ts';
import { columnsOf } from '../../../shared/protocol/tables.ts';
import type { ReadDb } from '../statements.ts';

const keys = new Set(Object.keys(caseRowSchema.shape));
const columns = columnsOf('case').filter((column) => keys.has(column.key));
const booleans = columns.filter((column) => column.kind === 'boolean').map((column) => column.key);

const sql = `SELECT ${columns.map((column) => `c.${column.name} AS "${column.key}"`).join(', ')},
  (SELECT name FROM town WHERE id = c.town_code) AS "townName",
  (SELECT name FROM village WHERE id = c.village_code) AS "villageName",
  (SELECT count(*) FROM outbox o WHERE o.case_id = c.id AND o.state IN ('pending', 'sending')) AS "pendingCommands",
  c.n AS n
  FROM json_each(:ns) wanted JOIN cases c ON c.n = wanted.value ORDER BY wanted.key`;

/** Rows of the queue in the order of the numbers given; a case that is gone leaves its place out. */
export function readCaseRows(db: ReadDb, ns: readonly number[]): CaseRow[] {
  return db.all<Record<string, unknown>>(sql, { ns: JSON.stringify(ns) }).map(({ n: _, ...row }) => {
    for (const key of booleans) row[key] = row[key] === 1;
    return row as CaseRow;
  });
}
