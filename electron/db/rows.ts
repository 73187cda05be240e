import { Failure } from '../../shared/errors.ts';
import {
  type Column,
  columnsOf,
  type SyncRow,
  type SyncTable,
  snakeCase,
  syncTables,
} from '../../shared/protocol/tables.ts';
import { type Check, checkOf } from './check-of.ts';
import type { Params, ReadDb, Value, WriteDb } from './statements.ts';

type Stored = Record<string, Value>;

/** A row as it is stored: a value for each column of `columnsOf`, in that order, and last the fields this version does not know, as JSON or null. */
export type Values = readonly Value[];

/** Name of a synchronised table in SQL; `case` is a reserved word. */
export function sqlTable(table: SyncTable): string {
  return table === 'case' ? 'cases' : snakeCase(table);
}

interface Plan {
  columns: readonly Column[];
  checks: readonly Check[];
  /** Place of each field among the values. */
  places: ReadonlyMap<string, number>;
  names: readonly string[];
  select: string;
  insert: string;
  newer: string;
  /** What follows an insertion's values: over what is there if it is older. */
  overOlder: string;
}
const plans = new Map<SyncTable, Plan>();

function planOf(table: SyncTable): Plan {
  let plan = plans.get(table);
  if (!plan) {
    const columns = columnsOf(table);
    const names = [...columns.map((column) => column.name), 'extra'];
    const updates = names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
    const insert = `INSERT INTO ${sqlTable(table)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    const overOlder = `ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')} WHERE excluded.rev > ${sqlTable(table)}.rev`;
    plan = {
      columns,
      checks: Object.values(syncTables[table].shape).map(checkOf),
      places: new Map(columns.map((column, place) => [column.key, place])),
      names,
      // By name: what the database computes from a case's columns is not asked for.
      select: `SELECT ${names.join(', ')} FROM ${sqlTable(table)}`,
      insert: `${insert} ON CONFLICT (id) DO NOTHING`,
      newer: `${insert} ${overOlder}`,
      overOlder,
    };
    plans.set(table, plan);
  }
  return plan;
}

/** Columns of a table in the order of its values, for a query that joins it. */
export function valueColumns(table: SyncTable): string {
  return planOf(table)
    .names.map((name) => `${sqlTable(table)}.${name}`)
    .join(', ');
}

/** Place of a field in the values of its table's rows. */
export function placeOf<T extends SyncTable>(table: T, key: keyof SyncRow<T> & string): number {
  const place = planOf(table).places.get(key);
  if (place === undefined) throw new Failure('internal', `no field ${key} in ${table}`);
  return place;
}

function checked(table: SyncTable, plan: Plan, place: number, value: unknown): Value {
  const column = plan.columns[place] as Column;
  if (!plan.checks[place]?.(value))
    throw new Failure('answerMalformed', `row of ${table}: ${column.key}`, { detail: table });
  return encodeValue(column, value);
}

/** Reads a row given by field. Throws Failure answerMalformed that names table and field, never a value. */
export function valuesOfRow(table: SyncTable, row: Readonly<Record<string, unknown>>): Values {
  const plan = planOf(table);
  const values = plan.columns.map((column, place) => checked(table, plan, place, row[column.key]));
  return [...values, extraOf(plan, row)];
}

/**
 * Reads rows given by position, `names` saying what stands where. Same failure. The rows are the caller's no longer: where they stand in our order, as they
 * do unless the server is of another version, they become the values themselves.
 */
export function valuesOfRows(table: SyncTable, names: readonly string[], rows: readonly unknown[]): Values[] {
  const plan = planOf(table);
  const sources = plan.columns.map((column) => names.indexOf(column.key));
  const others = names.flatMap((name, source) => (plan.places.has(name) ? [] : [{ name, source }]));
  const inOrder = others.length === 0 && sources.every((source, place) => source === place);
  return rows.map((row) => {
    if (!Array.isArray(row) || row.length !== names.length)
      throw new Failure('answerMalformed', `row of ${table}: not of its columns`, { detail: table });
    const values: Value[] = inOrder ? row : new Array(sources.length + 1);
    for (let place = 0; place < sources.length; place += 1)
      values[place] = checked(table, plan, place, row[sources[place] as number]);
    values[sources.length] = others.length === 0 ? null : jsonOf(others.map(({ name, source }) => [name, row[source]]));
    return values;
  });
}

function extraOf(plan: Plan, row: Readonly<Record<string, unknown>>): string | null {
  const unknown = Object.keys(row).filter((key) => !plan.places.has(key));
  return unknown.length === 0 ? null : jsonOf(unknown.map((key) => [key, row[key]]));
}

function jsonOf(fields: readonly (readonly [string, unknown])[]): string {
  return JSON.stringify(Object.fromEntries(fields));
}

function encodeValue(column: Column, value: unknown): Value {
  if (value === null || value === undefined) return column.kind === 'json' && !column.nullable ? 'null' : null;
  if (column.kind === 'json') return JSON.stringify(value);
  if (column.kind === 'boolean') return value === true ? 1 : 0;
  return value as string | number;
}

function decodeValue(column: Column, value: Value): unknown {
  if (value === null) return null;
  if (column.kind === 'json') return JSON.parse(String(value));
  return column.kind === 'boolean' ? value === 1 : value;
}

function decoded<T extends SyncTable>(table: T, valueAt: (column: Column, place: number) => Value, extra: Value) {
  const row: Record<string, unknown> = {};
  for (const [place, column] of columnsOf(table).entries())
    row[column.key] = decodeValue(column, valueAt(column, place));
  return (typeof extra === 'string' ? { ...row, ...(JSON.parse(extra) as object) } : row) as SyncRow<T>;
}

/** The wire's row again, unknown fields included. */
export function rowOfValues<T extends SyncTable>(table: T, values: Values): SyncRow<T> {
  return decoded(table, (_, place) => values[place] ?? null, values.at(-1) ?? null);
}

/** The same from a row as a query gives it. */
export function decodeRow<T extends SyncTable>(table: T, stored: Stored): SyncRow<T> {
  return decoded(table, ({ name }) => stored[name] ?? null, stored.extra ?? null);
}

function storedValues(db: ReadDb, table: SyncTable, id: Value): Values | undefined {
  return db.rows<Values>(`${planOf(table).select} WHERE id = :id`, { id })[0];
}

export function readRow<T extends SyncTable>(db: ReadDb, table: T, id: string): SyncRow<T> | null {
  const stored = storedValues(db, table, id);
  return stored ? rowOfValues(table, stored) : null;
}

/** Rows of these ids, by id, in one question; an id that nobody has is missing. */
export function readRowsById<T extends SyncTable>(
  db: ReadDb,
  table: T,
  ids: readonly string[],
): ReadonlyMap<string, SyncRow<T>> {
  if (ids.length === 0) return new Map();
  const rows = readRows(db, table, 'WHERE id IN (SELECT value FROM json_each(:ids))', { ids: JSON.stringify(ids) });
  return new Map(rows.map((row) => [row.id, row]));
}

export function readRows<T extends SyncTable>(db: ReadDb, table: T, rest: string, params: Params = {}): SyncRow<T>[] {
  return db.rows<Values>(`${planOf(table).select} ${rest}`, params).map((stored) => rowOfValues(table, stored));
}

/** Writes a row of our own, whatever is there. Search text of cases is not written here. */
export function writeRow(db: WriteDb, table: SyncTable, row: object): void {
  const values = valuesOfOwn(table, row);
  const known = storedValues(db, table, idOf(table, values));
  if (known) writeOver(db, table, known, values);
  else db.run(planOf(table).insert, values);
}

/** Writes what of a row of our own is another value than in `known`, which was read in the same transaction. */
export function writeRowOver<T extends SyncTable>(db: WriteDb, table: T, known: SyncRow<T>, row: SyncRow<T>): void {
  const { columns, names } = planOf(table);
  const [before, after] = [known, row] as Readonly<Record<string, unknown>>[];
  const others = [...columns.keys()].filter((place) => {
    const { key } = columns[place] as Column;
    return before?.[key] !== after?.[key];
  });
  if (others.length === 0) return;
  const values = others.map((place) => {
    const column = columns[place] as Column;
    return encodeValue(column, after?.[column.key]);
  });
  const sets = others.map((place) => `${names[place]} = ?`);
  db.run(`UPDATE ${sqlTable(table)} SET ${sets.join(', ')} WHERE id = ?`, [...values, known.id]);
}

/** Writes a row of our own unless one of its id is there; returns whether it did. */
export function insertRow(db: WriteDb, table: SyncTable, row: object): boolean {
  return db.run(planOf(table).insert, valuesOfOwn(table, row)) > 0;
}

function idOf(table: SyncTable, values: Values): Value {
  return values[planOf(table).places.get('id') as number] as Value;
}

function valuesOfOwn(table: SyncTable, row: object): Values {
  const plan = planOf(table);
  const fields = row as Readonly<Record<string, unknown>>;
  return [...plan.columns.map((column) => encodeValue(column, fields[column.key])), extraOf(plan, fields)];
}

/**
 * Touches only what is another than before: of a dozen indexes a case that moves on changes two or three, and nothing that follows a case's words is
 * woken when they stand.
 */
function writeOver(db: WriteDb, table: SyncTable, known: Values, values: Values): void {
  const { names } = planOf(table);
  const others = [...names.keys()].filter((place) => known[place] !== values[place]);
  if (others.length === 0) return;
  const sets = others.map((place) => `${names[place]} = ?`);
  db.run(`UPDATE ${sqlTable(table)} SET ${sets.join(', ')} WHERE id = ?`, [
    ...others.map((place) => values[place] as Value),
    idOf(table, known),
  ]);
}

/** Writes a row unless an equal or newer one is there; returns whether it did. Search text of cases is not written here. */
export function writeNewer(db: WriteDb, table: SyncTable, values: Values): boolean {
  return db.run(planOf(table).newer, values) > 0;
}

/** The statement that does so with all rows of a question; the last of its columns is `extra`. Its WHERE keeps what follows from being read as a join. */
export function newerSql(table: SyncTable, question: string): string {
  const { names, overOlder } = planOf(table);
  return `INSERT INTO ${sqlTable(table)} (${names.join(', ')}) ${question} ${overOlder}`;
}

/** The same for a case's row, touching only what is another than before. */
export function writeNewerCase(db: WriteDb, values: Values): boolean {
  const { places, newer } = planOf('case');
  const known = storedValues(db, 'case', idOf('case', values));
  if (!known) return db.run(newer, values) > 0;
  const rev = places.get('rev') as number;
  if ((known[rev] as number) >= (values[rev] as number)) return false;
  writeOver(db, 'case', known, values);
  return true;
}
