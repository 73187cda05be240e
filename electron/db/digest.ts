import { createHash } from 'node:crypto';
import {
  contentText,
  type DigestMode,
  type DigestRange,
  type DigestRow,
  digestLimits,
  rangeText,
} from '../../shared/protocol/digest.ts';
import { isRecordTable, type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import { readFact } from './meta.ts';
import { ownRev } from './rebase.ts';
import { decodeRow, sqlTable } from './rows.ts';
import type { Params, ReadDb } from './statements.ts';

/** Part of a table still to be compared: rows with `from` < id ≤ `to` (null: to the end). */
export interface Span {
  table: SyncTable;
  from: string;
  to: string | null;
}

export type Range = DigestRange & { table: SyncTable };

type Stored = Record<string, string | number | null>;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** SHA-256, hex, of a row as the server sent it. */
export function hashOfRow(row: object): string {
  return sha256(contentText(row as Record<string, unknown>));
}

export function digestOf(rows: readonly DigestRow[]): string {
  return sha256(rangeText(rows));
}

/**
 * The next range of a span, at most `limit` rows long, as the replica holds it at this instant: the server's rows, overlays of pending commands looked
 * through. `rest` null: the span ends with it.
 */
export function nextRange(
  db: ReadDb,
  span: Span,
  mode: DigestMode,
  limit: number = digestLimits.rangeRows,
): { range: Range; rows: DigestRow[]; rest: Span | null } {
  const { table, from } = span;
  const { stored, cursor } = db.consistently(() => ({
    stored: storedRows(db, span, mode, limit),
    cursor: readFact(db, 'cursor') ?? 0,
  }));
  const last = stored.length < limit ? undefined : stored.at(-1)?.id;
  const whole = last === undefined || last === span.to;
  const rows = serverRows(stored);
  const range = { table, from, to: whole ? span.to : String(last), cursor, rows: rows.length, digest: digestOf(rows) };
  return { range, rows, rest: whole ? null : { table, from: String(last), to: span.to } };
}

/** All of the server's rows that the replica holds in a span, in the order of ids. */
export function rowsOfSpan(db: ReadDb, span: Span, mode: DigestMode): DigestRow[] {
  return serverRows(storedRows(db, span, mode, -1));
}

/** A digest a table over everything this replica holds of the server's. */
export function replicaDigest(db: ReadDb): Record<string, { rows: number; digest: string }> {
  const digests: Record<string, { rows: number; digest: string }> = {};
  for (const table of syncTableNames) {
    const rows = rowsOfSpan(db, { table, from: '', to: null }, 'content');
    digests[table] = { rows: rows.length, digest: digestOf(rows) };
  }
  return digests;
}

/** A row of the file; `rev` null: the server has none of it. */
interface StoredRow {
  id: string;
  rev: number | null;
  hash?: string;
}

function serverRows(stored: readonly StoredRow[]): DigestRow[] {
  return stored.filter((row): row is StoredRow & { rev: number } => row.rev !== null);
}

function storedRows(db: ReadDb, { table, from, to }: Span, mode: DigestMode, limit: number): StoredRow[] {
  const name = sqlTable(table);
  const params: Params = { table, from, limit, ...(to === null ? {} : { to }) };
  const tail = `FROM ${name} t LEFT JOIN base_row b ON b.tbl = :table AND b.id = t.id
    WHERE t.id > :from${to === null ? '' : ' AND t.id <= :to'} ORDER BY t.id LIMIT :limit`;
  // What a command put there. A line that says so while no command lies over its case is one too many.
  const own = isRecordTable(table)
    ? `t.rev = ${ownRev} AND EXISTS (SELECT 1 FROM base_row o WHERE o.case_id = t.case_id)`
    : 'false';
  if (mode === 'revisions')
    return db.all<StoredRow>(
      `SELECT t.id, CASE WHEN b.id IS NOT NULL THEN json_extract(b."row", '$.rev') WHEN ${own} THEN NULL ELSE t.rev END AS rev ${tail}`,
      params,
    );
  const rows = db.all<Stored>(`SELECT t.*, b.id AS base_id, b."row" AS base_json, ${own} AS own ${tail}`, params);
  return rows.map((stored) => {
    const id = String(stored.id);
    if (stored.base_id === null && stored.own === 1) return { id, rev: null };
    if (stored.base_id === null) return { id, rev: Number(stored.rev), hash: hashOfStored(table, stored) };
    if (stored.base_json === null) return { id, rev: null };
    const base = JSON.parse(String(stored.base_json)) as { rev: number };
    return { id, rev: base.rev, hash: hashOfRow(base) };
  });
}

/** What cannot even be read equals nothing. */
function hashOfStored(table: SyncTable, stored: Stored): string {
  try {
    return hashOfRow(decodeRow(table, stored));
  } catch (error) {
    if (error instanceof SyntaxError) return 'unreadable';
    throw error;
  }
}
