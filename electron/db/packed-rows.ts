import type { z } from 'zod';
import { Failure } from '../../shared/errors.ts';
import { rowsLineSchema } from '../../shared/protocol/feed.ts';
import { columnsOf, type SyncTable, syncTables } from '../../shared/protocol/tables.ts';
import type { ChangeList } from './changed.ts';
import { jsonCheckSql, jsonHolds, plainCheckSql } from './check-sql.ts';
import { newerSql, sqlTable } from './rows.ts';
import { isKnown, type ServerLine, serverLines } from './server-rows.ts';
import type { WriteDb } from './statements.ts';

/**
 * Rows of one table as the server wrote them and nobody has read them yet: a line of the protocol (`rowsLineSchema`) in UTF-8, of which only table and
 * columns are known. The database reads JSON itself, in a third of the time it takes to make values of it here and hand them over one by one.
 */
export interface PackedRows {
  kind: 'packed';
  table: string;
  columns: readonly string[];
  line: Uint8Array;
}

/** Reads them. Throws Failure answerMalformed; those of an unknown table are passed over. */
export function unpacked({ table, line }: PackedRows): ServerLine[] {
  if (!isKnown({ table })) return [];
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
  } catch (cause) {
    throw new Failure('answerMalformed', 'a line is not JSON', { retry: true, cause });
  }
  const parsed = rowsLineSchema.safeParse(value);
  if (parsed.success) return serverLines(parsed.data);
  throw new Failure('answerMalformed', 'a line is not of the protocol', { retry: true });
}

/**
 * Puts them into the replica where they are newer than what is there, and leaves out the rows of the cases `except`. Returns the rows that remain to be
 * written by whoever looks at each: none nearly always, all of them (those that are in are no longer newer) when one is left out or is not as it must be.
 * Throws Failure answerMalformed then.
 */
export function loadPacked(
  db: WriteDb,
  rows: PackedRows,
  except: ReadonlySet<string>,
  changed: ChangeList,
): ServerLine[] {
  const { table, columns, line } = rows;
  const plan = planOf(table);
  if (plan === null || columns.join() !== plan.columns) return unpacked(rows);
  const asideBefore = asideOf(db, plan);
  const loaded = db.runOver(plan.sql, [line, JSON.stringify([...except])]);
  if (loaded === null) return unpacked(rows);
  changed.many(plan.table, loaded);
  return asideOf(db, plan) === asideBefore ? [] : unpacked(rows);
}

interface Plan {
  table: SyncTable;
  columns: string;
  sql: string;
  functions: readonly { name: string; holds: (text: unknown) => boolean }[];
}
/** The tables that come by the million, and which of their columns names the case. */
const caseColumns = { case: 'id', caseEvent: 'case_id', call: 'case_id', message: 'case_id' } as const;
type LargeTable = keyof typeof caseColumns;
const plans = new Map<string, Plan | null>();

function planOf(table: string): Plan | null {
  let plan = plans.get(table);
  if (plan === undefined) {
    plan = Object.hasOwn(caseColumns, table) ? makePlan(table as LargeTable) : null;
    plans.set(table, plan);
  }
  return plan;
}

function makePlan(table: LargeTable): Plan | null {
  const functions: Plan['functions'][number][] = [];
  const values: string[] = [];
  const checks: string[] = [];
  for (const [place, { key, name, kind, nullable }] of columnsOf(table).entries()) {
    const schema = (syncTables[table].shape as Record<string, z.ZodType>)[key];
    if (schema === undefined || (kind === 'json' && nullable)) return null;
    values.push(
      kind === 'json' ? `packed -> '$[${place}]' AS ${name}` : `json_extract(packed, '$[${place}]') AS ${name}`,
    );
    const holds = `holds_${sqlTable(table)}_${name}`;
    if (kind === 'json') functions.push({ name: holds, holds: jsonHolds(schema) });
    const check = kind === 'json' ? jsonCheckSql(schema, name, holds) : plainCheckSql(schema, name);
    if (check === null) return null;
    checks.push(check);
  }
  const names = columnsOf(table).map(({ name }) => name);
  // The limits keep each level apart: flattened, every value would be looked up again wherever it is used.
  const sql = `${newerSql(
    table,
    `SELECT ${names.join(', ')}, NULL
       FROM (SELECT packed, ${values.join(', ')}
               FROM (SELECT value AS packed FROM jsonb_each(CAST(? AS TEXT), '$.rows') LIMIT -1 OFFSET 0) LIMIT -1 OFFSET 0)
      WHERE CASE WHEN ${[`json_array_length(packed) = ${names.length}`, ...checks].join(' AND ')}
                  AND ${caseColumns[table]} NOT IN (SELECT value FROM json_each(?)) THEN 1 ELSE lay_aside() END`,
  )}`;
  return {
    table,
    columns: columnsOf(table)
      .map(({ key }) => key)
      .join(),
    sql,
    functions,
  };
}

/** How many rows were left out on a connection so far. */
const aside = new WeakMap<WriteDb, { rows: number; known: Set<string> }>();

function asideOf(db: WriteDb, { functions }: Plan): number {
  let left = aside.get(db);
  if (left === undefined) {
    const counter = { rows: 0, known: new Set<string>() };
    left = counter;
    aside.set(db, counter);
    db.predicate('lay_aside', () => {
      counter.rows += 1;
      return false;
    });
  }
  for (const { name, holds } of functions)
    if (!left.known.has(name)) {
      left.known.add(name);
      db.predicate(name, holds);
    }
  return left.rows;
}
