import type { z } from 'zod';
import { Failure } from '../../shared/errors.ts';
import {
  type Column,
  columnsOf,
  type SyncRow,
  type SyncTable,
  snakeCase,
  syncTables,
} from '../../shared/protocol/tables.ts';
import type { Params, ReadDb, WriteDb } from './statements.ts';

type Stored = Record<string, string | number | null>;

/** Name of a synchronised table in SQL; `case` is a reserved word. */
export function sqlTable(table: SyncTable): string {
  return table === 'case' ? 'cases' : snakeCase(table);
}

const looseSchemas = new Map<SyncTable, z.ZodType>();

/** A row as it came by the wire, checked. Fields this version does not know are kept. Throws Failure answerMalformed naming table and field only. */
export function parseRow<T extends SyncTable>(table: T, data: unknown): SyncRow<T> {
  let schema = looseSchemas.get(table);
  if (!schema) {
    schema = syncTables[table].loose();
    looseSchemas.set(table, schema);
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data as SyncRow<T>;
  const issue = parsed.error.issues[0];
  throw new Failure('answerMalformed', `row of ${table}: ${issue?.path.join('.')} ${issue?.code}`, { detail: table });
}

function encodeValue(column: Column, value: unknown): string | number | null {
  if (value === null || value === undefined) return column.kind === 'json' && !column.nullable ? 'null' : null;
  if (column.kind === 'json') return JSON.stringify(value);
  if (column.kind === 'boolean') return value === true ? 1 : 0;
  return value as string | number;
}

function decodeValue(column: Column, value: string | number | null): unknown {
  if (value === null) return null;
  if (column.kind === 'json') return JSON.parse(String(value));
  return column.kind === 'boolean' ? value === 1 : value;
}

/** Row of a table as parameters of its statements. */
export function encodeRow(table: SyncTable, row: Readonly<Record<string, unknown>>): Params {
  const stored: Stored = {};
  const rest: Record<string, unknown> = { ...row };
  for (const column of columnsOf(table)) {
    stored[column.name] = encodeValue(column, row[column.key]);
    delete rest[column.key];
  }
  stored.extra = Object.keys(rest).length === 0 ? null : JSON.stringify(rest);
  return stored;
}

/** The wire's row again, unknown fields included. */
export function decodeRow<T extends SyncTable>(table: T, stored: Stored): SyncRow<T> {
  const row: Record<string, unknown> = {};
  for (const column of columnsOf(table)) row[column.key] = decodeValue(column, stored[column.name] ?? null);
  const extra = stored.extra;
  return (typeof extra === 'string' ? { ...row, ...(JSON.parse(extra) as object) } : row) as SyncRow<T>;
}

export function readRow<T extends SyncTable>(db: ReadDb, table: T, id: string): SyncRow<T> | null {
  const stored = db.get<Stored>(`SELECT * FROM ${sqlTable(table)} WHERE id = :id`, { id });
  return stored ? decodeRow(table, stored) : null;
}

export function readRows<T extends SyncTable>(db: ReadDb, table: T, rest: string, params: Params = {}): SyncRow<T>[] {
  return db.all<Stored>(`SELECT * FROM ${sqlTable(table)} ${rest}`, params).map((stored) => decodeRow(table, stored));
}

const upserts = new Map<SyncTable, { always: string; newer: string }>();

function upsertOf(table: SyncTable): { always: string; newer: string } {
  let statement = upserts.get(table);
  if (!statement) {
    const names = [...columnsOf(table).map((column) => column.name), 'extra'];
    const always = `INSERT INTO ${sqlTable(table)} (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})
      ON CONFLICT (id) DO UPDATE SET ${names
        .filter((name) => name !== 'id')
        .map((name) => `${name} = excluded.${name}`)
        .join(', ')}`;
    statement = { always, newer: `${always} WHERE excluded.rev > ${sqlTable(table)}.rev` };
    upserts.set(table, statement);
  }
  return statement;
}

/** Writes a row; with `onlyNewer` an equal or newer one stays. Returns whether anything changed. Search text of cases is not written here. */
export function writeRow(db: WriteDb, table: SyncTable, row: object, onlyNewer: boolean): boolean {
  const statement = upsertOf(table);
  const params = encodeRow(table, row as Record<string, unknown>);
  return db.run(onlyNewer ? statement.newer : statement.always, params) > 0;
}
