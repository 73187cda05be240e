import { z } from 'zod';

/**
 * How a replica is compared with its server: by ranges of ids, in the order of ids, each with a digest over its rows. A range that differs is answered with
 * the server's list of its rows, the next level of the tree; only rows that differ travel (`POST /sync/rows`).
 */

/** Rows of one range at most; ranges of one request; rows of one list; ids of one request for rows. */
export const digestLimits = { rangeRows: 1000, ranges: 20, listRows: 2000, rows: 500 } as const;

/** `revisions`: which rows, each at which revision. `content`: also what stands in them, for what no revision tells. */
export const digestModeSchema = z.enum(['revisions', 'content']);
export type DigestMode = z.infer<typeof digestModeSchema>;

/** Rows with `from` < id ≤ `to` (null: to the end) as the replica held them when it stood at `cursor`. */
export const digestRangeSchema = z.object({
  table: z.string().max(64),
  from: z.string().max(200),
  to: z.string().max(200).nullable(),
  cursor: z.int().min(0),
  rows: z.int().min(0).max(digestLimits.rangeRows),
  digest: z.string().max(64),
});
export type DigestRange = z.infer<typeof digestRangeSchema>;

export const digestRequestSchema = z.object({
  mode: digestModeSchema,
  ranges: z.array(digestRangeSchema).min(1).max(digestLimits.ranges),
});

/** Id, revision and, by content, hash of one row. */
const listedRowSchema = z.tuple([z.string(), z.int(), z.string().optional()]);

export const digestVerdictSchema = z.discriminatedUnion('state', [
  z.looseObject({ state: z.literal('equal') }),
  /** Something in the range changed after the cursor, and it is too long to be listed: to be asked again after the next pull. */
  z.looseObject({ state: z.literal('moved') }),
  /** A table that this server does not have. */
  z.looseObject({ state: z.literal('unknown') }),
  /**
   * The server's rows with `from` < id ≤ `upTo` (null: the whole range), those that changed after the cursor too; `gone`: ids that went after the
   * cursor. Neither is a difference: the feed brings them.
   */
  z.looseObject({
    state: z.literal('differs'),
    upTo: z.string().nullable(),
    rows: z.array(listedRowSchema),
    gone: z.array(z.string()).optional(),
  }),
]);
export type DigestVerdict = z.infer<typeof digestVerdictSchema>;

/** One verdict a range, in the order asked, all of one instant: revision `rev` of the data set. */
export const digestAnswerSchema = z.looseObject({
  rev: z.int(),
  epoch: z.string(),
  ranges: z.array(digestVerdictSchema),
});
export type DigestAnswer = z.infer<typeof digestAnswerSchema>;

export const rowsRequestSchema = z.object({
  table: z.string().max(64),
  ids: z.array(z.string().max(200)).min(1).max(digestLimits.rows),
});
export type RowsRequest = z.infer<typeof rowsRequestSchema>;

/** The rows asked for as they stand at `rev`; an id without a row is gone. */
export const rowsAnswerSchema = z.looseObject({
  rev: z.int(),
  epoch: z.string(),
  rows: z.array(z.looseObject({ id: z.string(), rev: z.int() })),
});
export type RowsAnswer = z.infer<typeof rowsAnswerSchema>;

export interface DigestRow {
  id: string;
  rev: number;
  /** Hash of `contentText`; only by content. */
  hash?: string;
}

/** What a range's digest is the SHA-256 (hex) of. Rows in the order of their ids' bytes. The server's database writes the same text in SQL. */
export function rangeText(rows: readonly DigestRow[]): string {
  return rows.map(({ id, rev, hash }) => (hash === undefined ? `${id} ${rev}` : `${id} ${rev} ${hash}`)).join('\n');
}

/**
 * What a row's hash is the SHA-256 (hex) of: JSON with sorted keys, the revision left out. Fields that are null are left out too: a column that only one
 * side knows and that says nothing makes no difference.
 */
export function contentText(row: Readonly<Record<string, unknown>>): string {
  const told = Object.entries(row).filter(([key, value]) => key !== 'rev' && value !== null && value !== undefined);
  return canonical(Object.fromEntries(told));
}

function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const entries = Object.entries(value as Record<string, unknown>).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
