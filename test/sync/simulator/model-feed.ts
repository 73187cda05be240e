import type { Case } from '../../../shared/model/case.ts';
import { columnsOf, type SyncTable, syncTableNames } from '../../../shared/protocol/tables.ts';
import { type Answer, line, problemAnswer } from './model-answer.ts';
import { inTown, type ModelState, rowsOf, type ServerRow, tablesOfCase } from './model-state.ts';

/** What one operator may see of the data, under the name it has for them. */
export interface View {
  state: ModelState;
  town: string | null;
  epoch: string;
  now(): number;
}

/** Few rows, so that a snapshot has many places to rest at and catching up takes more than one page. */
const rowsAMark = 12;
const revisionsAPage = 8;

/** `GET /sync/changes?cursor=[&pages=][&rows=arrays]`: pages of whole revisions, each read when it is sent. */
export function changesAnswer(view: View, query: URLSearchParams): Answer {
  const cursor = Number(query.get('cursor'));
  if (cursor > view.state.rev) return problemAnswer(409, 'cursorAhead', 'cursor');
  return {
    status: 200,
    body: changesLines(view, cursor, Number(query.get('pages') ?? 1), query.get('rows') === 'arrays'),
  };
}

function* changesLines(view: View, cursor: number, pages: number, arrays: boolean): Generator<string> {
  let from = cursor;
  for (let left = pages; left > 0; left -= 1) {
    const { lines, to } = pageLines(view, from, arrays);
    const more = to < view.state.rev;
    yield* lines;
    yield line({ t: 'end', cursor: to, more, epoch: view.epoch, serverTime: view.now() });
    if (!more) return;
    from = to;
  }
}

/** By position the rows come table by table, else by revision with commit lines. */
function pageLines(view: View, cursor: number, arrays: boolean): { lines: string[]; to: number } {
  const { state, town } = view;
  const gone = [...state.tombstones, ...state.leftTown.filter(({ townCode }) => townCode === town)];
  const all: Item[] = [
    ...gone.map(({ table, id, rev }) => ({ rev, table, row: null, line: line({ t: 'gone', table, id, rev }) })),
    ...syncTableNames.flatMap((table) =>
      sorted(view, table, (row) => row.rev > cursor).map((row) => ({ rev: row.rev, table, row, line: '' })),
    ),
  ].filter((item) => item.rev > cursor);
  const revisions = [...new Set(all.map((item) => item.rev))].sort((a, b) => a - b);
  const page = revisions.slice(0, revisionsAPage);
  const to = revisions.length > page.length ? (page.at(-1) as number) : state.rev;
  const items = all.filter((item) => item.rev <= to);
  return { lines: arrays ? byTable(items) : page.flatMap((at) => byRevision(items, at)), to };
}

interface Item {
  rev: number;
  table: SyncTable;
  /** Null: gone, and `line` says so. */
  row: ServerRow | null;
  line: string;
}
const rowsIn = (items: readonly Item[], table: SyncTable) =>
  items.flatMap((item) => (item.table === table && item.row ? [item.row] : []));

function byTable(items: readonly Item[]): string[] {
  const tables = syncTableNames.map((table) => ({ table, rows: rowsIn(items, table) }));
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
function linesOfRows(table: SyncTable, rows: readonly ServerRow[], arrays: boolean): string {
  if (!arrays) return rows.map((row) => line({ t: 'row', table, data: row })).join('');
  const known = columnsOf(table).map(({ key }) => key);
  const columns = [...known, ...new Set(rows.flatMap((row) => Object.keys(row).filter((key) => !known.includes(key))))];
  const values = rows.map((row) => columns.map((key) => (row as unknown as Record<string, unknown>)[key] ?? null));
  return line({ t: 'rows', table, columns, rows: values });
}

/** A run over a table, or part of one, by id; its name stands in the marks. */
interface Pass {
  name: string;
  table: SyncTable;
  backwards: boolean;
  wanted: (row: ServerRow) => boolean;
}
const isClosed = (row: ServerRow) => (row as Case).closedAt !== null;
const passes: readonly Pass[] = syncTableNames.flatMap((table): Pass[] => {
  const newest = { name: `${table}.newest`, table, backwards: true, wanted: () => true };
  if (table === 'case')
    return [
      { ...newest, name: 'case.open', wanted: (row) => !isClosed(row) },
      { ...newest, name: 'case.closed', wanted: isClosed },
    ];
  if ((tablesOfCase as readonly SyncTable[]).includes(table)) return [newest];
  return [{ ...newest, name: table, backwards: false }];
});

/** `GET /sync/snapshot[?at=&after=][&rows=arrays]`: the passes in order, each batch as it stands when it is sent, with its mark. */
export function snapshotAnswer(view: View, query: URLSearchParams): Answer {
  const { state, epoch } = view;
  const [at, after] = [query.get('at'), query.get('after')];
  const [name = null, id = ''] = after?.split(/:(.*)/) ?? [];
  const first = passes.findIndex((pass) => pass.name === name);
  if (after !== null && first < 0) return problemAnswer(400, 'badArguments', 'after');
  if (at !== null && Number(at) > state.rev) return problemAnswer(409, 'cursorAhead', 'at');
  const from = at === null ? state.rev : Number(at);
  const counts = Object.fromEntries(syncTableNames.map((table) => [table, sorted(view, table, () => true).length]));
  const place = { first: Math.max(first, 0), id: after === null ? null : id };
  const begin = line({ t: 'begin', at: from, epoch, counts });
  return { status: 200, body: snapshotLines(view, begin, from, place, query.get('rows') === 'arrays') };
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
      const batch = (backwards ? rows.reverse() : rows).slice(0, rowsAMark);
      const end = batch.at(-1);
      if (!end) break;
      last = end.id;
      yield `${linesOfRows(table, batch, arrays)}${line({ t: 'mark', after: `${name}:${last}` })}`;
      if (batch.length < rowsAMark) break;
    }
  }
  yield line({ t: 'end', cursor: from, more: false, serverTime: view.now() });
}

function sorted({ state, town }: View, table: SyncTable, wanted: (row: ServerRow) => boolean): ServerRow[] {
  return [...rowsOf(state, table).values()]
    .filter((row) => wanted(row) && inTown(state, table, row, town))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
