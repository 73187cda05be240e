import { z } from 'zod';

/**
 * Name of what an operator's workstation holds, `epoch` in snapshot, feed and digest: the server's data set, and the town where an account holds only one
 * town's rows. An operator of another reach at the same workstation finds another data set there, and it is synchronised afresh.
 */
export function dataSetOf(epoch: string, townCode: string | null): string {
  return townCode === null ? epoch : `${epoch}.${townCode}`;
}

/** Name of a table; a newer server may have one that the reader does not know and passes over. */
const tableSchema = z.string();

/** One row as it stands after revision `rev`; `data` is checked against the table's schema when it is applied. */
export const rowLineSchema = z.looseObject({
  t: z.literal('row'),
  table: tableSchema,
  data: z.looseObject({ id: z.string(), rev: z.int() }),
});
/**
 * Many rows of one table by position: `columns` names what stands where. Sent instead of row lines to whoever asks with `rows=arrays`. A column the reader
 * does not know is kept like an unknown field. In a page of changes such lines come in no order of revisions and without commit lines: a page counts
 * as a whole.
 */
export const rowsLineSchema = z.looseObject({
  t: z.literal('rows'),
  table: tableSchema,
  columns: z.array(z.string()),
  rows: z.array(z.unknown()),
});
/** How rows are wanted; a server that does not know the parameter sends objects. */
export const rowsFormSchema = z.enum(['objects', 'arrays']).default('objects');
export type RowsForm = z.infer<typeof rowsFormSchema>;
export const tombstoneLineSchema = z.looseObject({
  t: z.literal('gone'),
  table: tableSchema,
  id: z.string(),
  rev: z.int(),
});
/** All rows of revisions up to `rev` have been sent. */
export const commitLineSchema = z.looseObject({ t: z.literal('commit'), rev: z.int() });

/** Last line of a page of `GET /sync/changes`. Without it the page was cut and none of it may be applied. An answer holds up to `pages` of them. */
export const endLineSchema = z.looseObject({
  t: z.literal('end'),
  cursor: z.int(),
  more: z.boolean(),
  serverTime: z.int(),
});
/** First line of a snapshot: the revision the feed goes on from, and the rows to come by table. */
export const beginLineSchema = z.looseObject({
  t: z.literal('begin'),
  at: z.int(),
  epoch: z.string(),
  counts: z.record(z.string(), z.int()),
});
/** A resting place of a snapshot: everything up to here may be applied, and `GET /sync/snapshot?at=…&after=…` goes on from it. */
export const markLineSchema = z.looseObject({ t: z.literal('mark'), after: z.string() });

export const changeLineSchema = z.discriminatedUnion('t', [
  rowLineSchema,
  rowsLineSchema,
  tombstoneLineSchema,
  commitLineSchema,
  endLineSchema,
]);
export type ChangeLine = z.infer<typeof changeLineSchema>;
export const snapshotLineSchema = z.discriminatedUnion('t', [
  beginLineSchema,
  rowLineSchema,
  rowsLineSchema,
  markLineSchema,
  endLineSchema,
]);
export type SnapshotLine = z.infer<typeof snapshotLineSchema>;
export type RowLine = z.infer<typeof rowLineSchema>;
export type RowsLine = z.infer<typeof rowsLineSchema>;
export type TombstoneLine = z.infer<typeof tombstoneLineSchema>;

/** Data of an SSE `revision` notice. */
export const noticeSchema = z.looseObject({ rev: z.int(), serverTime: z.int() });
