import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import {
  contentText,
  type DigestAnswer,
  type DigestMode,
  type DigestRange,
  type DigestRow,
  type DigestVerdict,
  digestLimits,
  rangeText,
} from '../../shared/protocol/digest.ts';
import { dataSetOf } from '../../shared/protocol/feed.ts';
import { type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import { readMeta } from './meta.ts';
import { type Queryable, selectJson } from './rows.ts';
import { sqlTable } from './tables.ts';
import { andInTown, type Town } from './town-scope.ts';
import { inTransaction } from './transaction.ts';

/** Behind every id. */
const end = '\u{10ffff}';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export const isSyncTable = (name: string): name is SyncTable => (syncTableNames as string[]).includes(name);

/**
 * Compares ranges of a replica of a town (null: of the county) with the database, all in one consistent view. What the replica cannot have yet is
 * told as such: it is no difference. Null: a cursor lies ahead of this data set.
 */
export async function compareRanges(
  pool: Pool,
  town: Town,
  mode: DigestMode,
  ranges: readonly DigestRange[],
): Promise<DigestAnswer | null> {
  return inTransaction(
    pool,
    async (client) => {
      const { epoch, rev } = await readMeta(client);
      if (ranges.some((range) => range.cursor > rev)) return null;
      const verdicts = new Map<DigestRange, DigestVerdict>();
      for (const table of new Set(ranges.map((range) => range.table))) {
        const own = ranges.filter((range) => range.table === table);
        if (!isSyncTable(table)) {
          for (const range of own) verdicts.set(range, { state: 'unknown' });
          continue;
        }
        const equal = mode === 'revisions' ? await equalRanges(client, table, town, own) : new Set<DigestRange>();
        for (const range of own)
          verdicts.set(range, equal.has(range) ? { state: 'equal' } : await judge(client, table, town, mode, range));
      }
      return {
        rev,
        epoch: dataSetOf(epoch, town),
        ranges: ranges.map((range) => verdicts.get(range) ?? { state: 'unknown' }),
      };
    },
    'ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
}

/** Ranges whose digest is the replica's, by the database itself: nothing of them is brought here. One row too many is enough to see that it differs. */
async function equalRanges(
  db: Queryable,
  table: SyncTable,
  town: Town,
  ranges: readonly DigestRange[],
): Promise<Set<DigestRange>> {
  const values: unknown[] = [
    ranges.map((range) => range.from),
    ranges.map((range) => range.to ?? end),
    ranges.map((range) => range.rows + 1),
  ];
  const found = await db.query<{ n: number; digest: string }>(
    `SELECT r.n, d.digest FROM unnest($1::text[], $2::text[], $3::bigint[]) WITH ORDINALITY AS r(lo, hi, most, n),
       LATERAL (SELECT encode(sha256(convert_to(COALESCE(string_agg(one.id || ' ' || one.rev, E'\\n' ORDER BY one.id), ''), 'UTF8')), 'hex') AS digest
         FROM (SELECT id, rev FROM ${sqlTable(table)} WHERE id > r.lo AND id <= r.hi${andInTown(table, town, values)}
           ORDER BY id LIMIT r.most) AS one) AS d`,
    values,
  );
  const digests = new Map(found.rows.map(({ n, digest }) => [n, digest]));
  return new Set(ranges.filter((range, index) => digests.get(index + 1) === range.digest));
}

async function judge(
  db: Queryable,
  table: SyncTable,
  town: Town,
  mode: DigestMode,
  range: DigestRange,
): Promise<DigestVerdict> {
  const rows = await listRows(db, table, town, mode, range);
  if (rows.length <= range.rows && sha256(rangeText(rows)) === range.digest) return { state: 'equal' };
  const listed = rows.slice(0, digestLimits.listRows);
  const upTo = rows.length > listed.length ? (listed.at(-1)?.id ?? null) : null;
  const gone = await goneIds(db, table, town, { ...range, to: upTo ?? range.to });
  if (upTo !== null && (gone.length > 0 || listed.some((row) => row.rev > range.cursor))) return { state: 'moved' };
  return {
    state: 'differs',
    upTo,
    rows: listed.map(({ id, rev, hash }) => (hash === undefined ? [id, rev] : [id, rev, hash])),
    ...(gone.length > 0 ? { gone } : {}),
  };
}

/** The range's rows in the order of ids, one more than a list holds if there are more. */
async function listRows(
  db: Queryable,
  table: SyncTable,
  town: Town,
  mode: DigestMode,
  range: DigestRange,
): Promise<DigestRow[]> {
  const values: unknown[] = [range.from, range.to ?? end, digestLimits.listRows + 1];
  const tail = `WHERE id > $1 AND id <= $2${andInTown(table, town, values)} ORDER BY id LIMIT $3`;
  if (mode === 'revisions')
    return (await db.query<DigestRow>(`SELECT id, rev FROM ${sqlTable(table)} ${tail}`, values)).rows;
  const rows = await selectJson(db, table, tail, values);
  return rows.map(({ id, rev, json }) => ({
    id,
    rev,
    hash: sha256(contentText(JSON.parse(json) as Record<string, unknown>)),
  }));
}

/** Rows of the range that have been removed, or have left the town, after the cursor. */
async function goneIds(db: Queryable, table: SyncTable, town: Town, range: DigestRange): Promise<string[]> {
  const found = await db.query<{ id: string }>(
    `SELECT id FROM tombstone WHERE table_name = $1 AND id > $2 AND id <= $3 AND rev > $4
     UNION SELECT id FROM left_town WHERE table_name = $1 AND id > $2 AND id <= $3 AND rev > $4 AND town_code = $5`,
    [table, range.from, range.to ?? end, range.cursor, town],
  );
  return found.rows.map((row) => row.id);
}

/** Rows by their ids as JSON text, with the revision they stand at. */
export async function readRows(
  pool: Pool,
  town: Town,
  table: SyncTable,
  ids: readonly string[],
): Promise<{ rev: number; epoch: string; rows: string[] }> {
  return inTransaction(
    pool,
    async (client) => {
      const { epoch, rev } = await readMeta(client);
      const values: unknown[] = [ids];
      const rows = await selectJson(client, table, `WHERE id = ANY($1)${andInTown(table, town, values)}`, values);
      return { rev, epoch: dataSetOf(epoch, town), rows: rows.map((row) => row.json) };
    },
    'ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
}
