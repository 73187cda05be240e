import { createHash } from 'node:crypto';
import {
  contentText,
  type DigestMode,
  type DigestRange,
  type DigestRow,
  type DigestVerdict,
  digestLimits,
  digestRequestSchema,
  rangeText,
  rowsRequestSchema,
} from '../../../shared/protocol/digest.ts';
import { type SyncTable, syncTableNames } from '../../../shared/protocol/tables.ts';
import { type Answer, json, problemAnswer, readable } from './model-answer.ts';
import type { View } from './model-feed.ts';
import { inTown, rowsOf, type ServerRow } from './model-state.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const isTable = (name: string): name is SyncTable => (syncTableNames as string[]).includes(name);

/** `POST /sync/digest`: compares ranges of a replica; what it cannot have yet is told as such, and is no difference. */
export function digestAnswer(view: View, body: unknown): Answer {
  const { mode, ranges } = readable(digestRequestSchema, body);
  const { rev } = view.state;
  if (ranges.some((range) => range.cursor > rev)) return problemAnswer(409, 'cursorAhead', 'ranges');
  return json({ rev, epoch: view.epoch, ranges: ranges.map((range) => judge(view, mode, range)) });
}

/** `POST /sync/rows`: rows by their ids. */
export function rowsAnswer(view: View, body: unknown): Answer {
  const { table, ids } = readable(rowsRequestSchema, body);
  if (!isTable(table)) return problemAnswer(400, 'badArguments', 'table');
  const wanted = new Set(ids);
  const rows = [...rowsOf(view.state, table).values()].filter((row) => wanted.has(row.id) && seen(view, table, row));
  return json({ rev: view.state.rev, epoch: view.epoch, rows });
}

const seen = ({ state, town }: View, table: SyncTable, row: ServerRow) => inTown(state, table, row, town);

function judge(view: View, mode: DigestMode, range: DigestRange): DigestVerdict {
  const { table } = range;
  if (!isTable(table)) return { state: 'unknown' };
  const within = ({ id }: { id: string }) => id > range.from && (range.to === null || id <= range.to);
  const rows: DigestRow[] = [...rowsOf(view.state, table).values()]
    .filter((row) => within(row) && seen(view, table, row))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, rev, ...rest }) =>
      mode === 'content' ? { id, rev, hash: sha256(contentText({ id, rev, ...rest })) } : { id, rev },
    );
  if (sha256(rangeText(rows)) === range.digest) return { state: 'equal' };
  const listed = rows.slice(0, digestLimits.listRows);
  const upTo = rows.length > listed.length ? (listed.at(-1)?.id ?? null) : null;
  const { tombstones, leftTown } = view.state;
  const went = [...tombstones, ...leftTown.filter(({ townCode }) => townCode === view.town)].filter(
    (one) => one.table === table && within(one) && (upTo === null || one.id <= upTo) && one.rev > range.cursor,
  );
  if (upTo !== null && (went.length > 0 || listed.some(({ rev }) => rev > range.cursor))) return { state: 'moved' };
  const gone = went.length > 0 ? { gone: [...new Set(went.map(({ id }) => id))] } : {};
  const list = listed.map(({ id, rev, hash }): [string, number, string?] => (hash ? [id, rev, hash] : [id, rev]));
  return { state: 'differs', upTo, rows: list, ...gone };
}
