import { z } from 'zod';
import type { Case } from '../../../shared/model/case.ts';
import { rowsFormSchema } from '../../../shared/protocol/feed.ts';
import { columnsOf, syncTableNames } from '../../../shared/protocol/tables.ts';
import { type Answer, line, problemAnswer, readable } from './model-answer.ts';
import {
  hangsOnCase,
  inTown,
  type ModelState,
  newTable,
  rowsOf,
  type ServedTable,
  type ServerRow,
} from './model-state.ts';

/** What one operator may see of the data, under the name it has for them. */
export interface View {
  state: ModelState;
  town: string | null;
  epoch: string;
  sizes: Sizes;
  now(): number;
}

/** In the order in which they are sent. */
const servedTables: readonly ServedTable[] = [...syncTableNames, newTable];

/** Rows of a snapshot between two marks, and of a page of changes at most. */
export interface Sizes {
  rowsAMark: number;
  rowsAPage: number;
}
/** So that a snapshot has many places to rest at and catching up takes more than one page. */
export const fewRows: Sizes = { rowsAMark: 12, rowsAPage: 16 };

const changesQuery = z.object({
  cursor: z.coerce.number().int().min(0),
  limit: z.coerce.number().int().min(1).max(100_000).default(2000),
  pages: z.coerce.number().int().min(1).max(100).default(1),
  rows: rowsFormSchema,
});

/** `GET /sync/changes?cursor=[&limit=][&pages=][&rows=arrays]`: pages of whole revisions, each read when it is sent. */
export function changesAnswer(view: View, query: URLSearchParams): Answer {
  const { cursor, limit, pages, rows } = readable(changesQuery, Object.fromEntries(query));
  if (cursor > view.state.rev) return problemAnswer(409, 'cursorAhead', 'cursor');
  const most = Math.min(limit, view.sizes.rowsAPage);
  return { status: 200, body: changesLines(view, cursor, { most, pages, arrays: rows === 'arrays' }) };
}

interface Wanted {
  /** Rows of a page: the revision that reaches it is the page's last. */
  most: number;
  pages: number;
  arrays: boolean;
}

function* changesLines(view: View, cursor: number, { most, pages, arrays }: Wanted): Generator<string> {
  let from = cursor;
  for (let left = pages; left > 0; left -= 1) {
    const { lines, to } = pageLines(view, from, most, arrays);
    const more = to < view.state.rev;
    yield* lines;
    yield line({ t: 'end', cursor: to, more, epoch: view.epoch, serverTime: view.now() });
    if (!more) return;
    from = to;
  }
}

/** By position the rows come table by table, else by revision with commit lines. */
function pageLines(view: View, cursor: number, most: number, arrays: boolean): { lines: string[]; to: number } {
  const { state, town } = view;
  const gone = [...state.tombstones, ...state.leftTown.filter(({ townCode }) => townCode === town)];
  gone.sort((a, b) => a.rev - b.rev || byText(a.table, b.table) || byText(a.id, b.id));
  const all: Item[] = [
    ...gone.map(({ table, id, rev }) => ({ rev, table, row: null, line: line({ t: 'gone', table, id, rev }) })),
    ...servedTables.flatMap((table) =>
      sorted(view, table, (row) => row.rev > cursor).map((row) => ({ rev: row.rev, table, row, line: '' })),
    ),
  ].filter((item) => item.rev > cursor);
  const revisions = all.map((item) => item.rev).sort((a, b) => a - b);
  const to = revisions[most - 1] ?? state.rev;
  const items = all.filter((item) => item.rev <= to);
  const page = [...new Set(revisions)].filter((rev) => rev <= to);
  return { lines: arrays ? byTable(items) : page.flatMap((at) => byRevision(items, at)), to };
}

interface Item {
  rev: number;
  table: ServedTable;
  /** Null: gone, and `line` says so. */
  row: ServerRow | null;
  line: string;
}
const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const rowsIn = (items: readonly Item[], table: ServedTable) =>
  items.flatMap((item) => (item.table === table && item.row ? [item.row] : []));

function byTable(items: readonly Item[]): string[] {
  const tables = servedTables.map((table) => ({ table, rows: rowsIn(items, table).sort((a, b) => a.rev - b.rev) }));
  return [
    ...items.filter(({ row }) => row === null).map((item) => item.line),
    ...tables.flatMap(({ table, rows }) => (rows.length > 0 ? [linesOfRows(table, rows, true)] : [])),
  ];
}

function byRevision(items: readonly Item[], rev: number): string[] {
  return items
    .filter((item) => item.rev === rev)
    .map((item) => (item.row ? linesOfRows(item.table, [item.row], false) : item.line))
    .concat(line({ t: 'commit', rev }));
}

/** By position: `columnsOf`'s, and behind them what only a newer server has. */
function linesOfRows(table: ServedTable, rows: readonly ServerRow[], arrays: boolean): string {
  if (!arrays) return rows.map((row) => line({ t: 'row', table, data: row })).join('');
  const known = table === newTable ? [] : columnsOf(table).map(({ key }) => key as string);
  const columns = [...known, ...new Set(rows.flatMap((row) => Object.keys(row).filter((key) => !known.includes(key))))];
  const values = rows.map((row) => columns.map((key) => (row as unknown as Record<string, unknown>)[key] ?? null));
  return line({ t: 'rows', table, columns, rows: values });
}

/** A run over a table, or part of one, by id; its name stands in the marks. */
interface Pass {
  name: string;
  table: ServedTable;
  backwards: boolean;
  wanted: (row: ServerRow) => boolean;
}
const isClosed = (row: ServerRow) => (row as Case).closedAt !== null;
const passes: readonly Pass[] = servedTables.flatMap((table): Pass[] => {
  const newest = { name: `${table}.newest`, table, backwards: true, wanted: () => true };
  if (table === 'case')
    return [
      { ...newest, name: 'case.open', wanted: (row) => !isClosed(row) },
      { ...newest, name: 'case.closed', wanted: isClosed },
    ];
  if (hangsOnCase.includes(table)) return [newest];
  return [{ ...newest, name: table, backwards: false }];
});

const snapshotQuery = z.object({
  at: z.coerce.number().int().min(0).optional(),
  after: z.string().max(200).optional(),
  rows: rowsFormSchema,
});

/** `GET /sync/snapshot[?at=&after=][&rows=arrays]`: the passes in order, each batch as it stands when it is sent, with its mark. */
export function snapshotAnswer(view: View, query: URLSearchParams): Answer {
  const { state, epoch } = view;
  const { at = null, after = null, rows } = readable(snapshotQuery, Object.fromEntries(query));
  if ((at === null) !== (after === null)) return problemAnswer(400, 'badArguments', at === null ? 'at' : 'after');
  const [name = null, id = ''] = after?.split(/:(.*)/) ?? [];
  const first = passes.findIndex((pass) => pass.name === name);
  if (after !== null && first < 0) return problemAnswer(400, 'badArguments', 'after');
  if (at !== null && at > state.rev) return problemAnswer(409, 'cursorAhead', 'at');
  const from = at ?? state.rev;
  const tables = state.grown ? servedTables : syncTableNames;
  const counts = Object.fromEntries(tables.map((table) => [table, sorted(view, table, () => true).length]));
  const place = { first: Math.max(first, 0), id: after === null ? null : id };
  const begin = line({ t: 'begin', at: from, epoch, counts });
  return { status: 200, body: snapshotLines(view, begin, from, place, rows === 'arrays') };
}

function* snapshotLines(
  view: View,
  begin: string,
  from: number,
  place: { first: number; id: string | null },
  arrays: boolean,
): Generator<string> {
  yield begin;
  for (const [n, { name, table, backwards, wanted }] of passes.slice(place.first).entries()) {
    let last = n === 0 ? place.id : null;
    for (;;) {
      const beyond = (row: ServerRow) => last === null || (backwards ? row.id < last : row.id > last);
      const rows = sorted(view, table, (row) => wanted(row) && beyond(row));
      const batch = (backwards ? rows.reverse() : rows).slice(0, view.sizes.rowsAMark);
      const end = batch.at(-1);
      if (!end) break;
      last = end.id;
      yield `${linesOfRows(table, batch, arrays)}${line({ t: 'mark', after: `${name}:${last}` })}`;
      if (batch.length < view.sizes.rowsAMark) break;
    }
  }
  yield line({ t: 'end', cursor: from, more: false, serverTime: view.now() });
}

function sorted({ state, town }: View, table: ServedTable, wanted: (row: ServerRow) => boolean): ServerRow[] {
  return [...rowsOf(state, table).values()]
    .filter((row) => wanted(row) && inTown(state, table, row, town))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
