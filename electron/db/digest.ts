import { createHash } from 'node:crypto';
import type { Digest } from '../../shared/protocol/feed.ts';
import { type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import { sqlTable } from './rows.ts';
import type { ReadDb } from './statements.ts';

type TableDigest = Digest['tables'][string];

/** Digest of a set of rows as the server computes it: per bucket (first byte of SHA-256 of the id) the XOR of SHA-256(`id:rev`). */
export function digestOf(rows: Iterable<{ id: string; rev: number }>): TableDigest {
  const buckets = new Map<string, Buffer>();
  let count = 0;
  for (const { id, rev } of rows) {
    const bucket = createHash('sha256').update(id).digest('hex').slice(0, 2);
    const sum = createHash('sha256').update(`${id}:${rev}`).digest();
    const kept = buckets.get(bucket);
    if (kept) for (let at = 0; at < kept.length; at += 1) kept[at] = (kept[at] ?? 0) ^ (sum[at] ?? 0);
    else buckets.set(bucket, sum);
    count += 1;
  }
  return { rows: count, buckets: Object.fromEntries([...buckets].map(([key, sum]) => [key, sum.toString('hex')])) };
}

/** Digests of the server's rows this replica holds: overlays of pending commands are looked through. */
export function replicaDigest(db: ReadDb): Record<string, TableDigest> {
  const digests: Record<string, TableDigest> = {};
  for (const table of syncTableNames) digests[table] = digestOf(serverRows(db, table));
  return digests;
}

function serverRows(db: ReadDb, table: SyncTable): { id: string; rev: number }[] {
  const bases = new Map(
    db
      .all<{ id: string; rev: number | null }>(
        `SELECT id, json_extract("row", '$.rev') AS rev FROM base_row WHERE tbl = :table`,
        { table },
      )
      .map((base) => [base.id, base.rev]),
  );
  const rows = db.all<{ id: string; rev: number }>(`SELECT id, rev FROM ${sqlTable(table)}`);
  return rows.flatMap((row) => {
    const base = bases.get(row.id);
    if (base === undefined) return [row];
    return base === null ? [] : [{ id: row.id, rev: base }];
  });
}

/** Buckets in which two digests differ, as `table/bucket`; a table of another length is named even if its buckets agree. */
export function differences(mine: Record<string, TableDigest>, theirs: Record<string, TableDigest>): string[] {
  const found: string[] = [];
  for (const table of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const left = mine[table] ?? { rows: 0, buckets: {} };
    const right = theirs[table] ?? { rows: 0, buckets: {} };
    const keys = new Set([...Object.keys(left.buckets), ...Object.keys(right.buckets)]);
    const differing = [...keys].filter((key) => left.buckets[key] !== right.buckets[key]).sort();
    found.push(...differing.map((key) => `${table}/${key}`));
    if (differing.length === 0 && left.rows !== right.rows) found.push(`${table}/rows`);
  }
  return found;
}
