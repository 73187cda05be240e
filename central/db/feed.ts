import type { Pool } from 'pg';
import type { RowsForm } from '../../shared/protocol/feed.ts';
import { type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import { readMeta } from './meta.ts';
import { linesOfRows, selectArrays, selectJson } from './rows.ts';
import { sqlTable } from './tables.ts';
import { andInTown, type Town } from './town-scope.ts';

/** The range of one page: revisions in (cursor, to] and whose rows; `more` when the server stands beyond `to`. */
export interface FeedPage {
  cursor: number;
  to: number;
  more: boolean;
  newest: number;
  epoch: string;
  town: Town;
}

/**
 * Whole revisions after `cursor` until about `limit` rows are reached: a revision is never split. Revisions that hold nothing for the town count for
 * nothing, and the cursor goes past them.
 */
export async function planPage(pool: Pool, cursor: number, limit: number, town: Town): Promise<FeedPage> {
  const { epoch, rev } = await readMeta(pool);
  if (cursor >= rev) return { cursor, to: cursor, more: false, newest: rev, epoch, town };
  const values: unknown[] = [cursor, rev, limit];
  const parts = [
    ...syncTableNames.map((table) => revisionsOf(sqlTable(table), andInTown(table, town, values))),
    revisionsOf('tombstone', ''),
  ];
  if (town !== null) parts.push(revisionsOf('left_town', ` AND town_code = $${values.push(town)}`));
  const found = await pool.query<{ rev: number }>(
    `SELECT rev FROM (${parts.join(' UNION ALL ')}) AS changed ORDER BY rev OFFSET $3 - 1 LIMIT 1`,
    values,
  );
  const to = found.rows[0]?.rev ?? rev;
  return { cursor, to, more: to < rev, newest: rev, epoch, town };
}

function revisionsOf(table: string, and: string): string {
  return `(SELECT rev FROM ${table} WHERE rev > $1 AND rev <= $2${and} ORDER BY rev LIMIT $3)`;
}

interface FeedItem {
  rev: number;
  line: string;
}
const batchRows = 2000;

/** Lines of a page without its end line. */
export async function* pageLines(pool: Pool, page: FeedPage, form: RowsForm): AsyncGenerator<string> {
  if (form === 'objects') yield* linesByRevision(pool, page);
  else yield* linesByTable(pool, page);
}

/** A page counts as a whole, so its rows need no order: what is gone, then table by table in batches. */
async function* linesByTable(pool: Pool, page: FeedPage): AsyncGenerator<string> {
  for await (const { line } of gone(pool, page)) yield line;
  for (const table of syncTableNames)
    for await (const rows of batchesOf(pool, table, page, selectArrays)) yield linesOfRows(table, 'arrays', rows);
}

/**
 * Ordered by revision, within it what is gone first, then rows by table and id, then the commit line. A
 * row that changes while the page is read has moved beyond `to` and comes with a later page. Memory stays bounded whatever a revision's size.
 */
async function* linesByRevision(pool: Pool, page: FeedPage): AsyncGenerator<string> {
  const streams = [gone(pool, page), ...syncTableNames.map((table) => rowsOf(pool, table, page))];
  const heads = await Promise.all(streams.map((stream) => stream.next()));
  for (;;) {
    let rev = Number.POSITIVE_INFINITY;
    for (const head of heads) if (!head.done && head.value.rev < rev) rev = head.value.rev;
    if (rev === Number.POSITIVE_INFINITY) return;
    for (const [index, stream] of streams.entries()) {
      for (let head = heads[index]; head && !head.done && head.value.rev === rev; ) {
        yield head.value.line;
        head = await stream.next();
        heads[index] = head;
      }
    }
    yield `{"t":"commit","rev":${rev}}\n`;
  }
}

async function* rowsOf(pool: Pool, table: SyncTable, page: FeedPage): AsyncGenerator<FeedItem> {
  for await (const rows of batchesOf(pool, table, page, selectJson))
    for (const row of rows) yield { rev: row.rev, line: linesOfRows(table, 'objects', [row]) };
}

async function* batchesOf(
  pool: Pool,
  table: SyncTable,
  page: FeedPage,
  select: typeof selectJson,
): AsyncGenerator<Awaited<ReturnType<typeof selectJson>>> {
  let after = { rev: page.cursor, id: '\u{10ffff}' };
  for (;;) {
    const values: unknown[] = [after.rev, after.id, page.to, batchRows];
    const where = `WHERE (rev, id) > ($1, $2) AND rev <= $3${andInTown(table, page.town, values)}`;
    const rows = await select(pool, table, `${where} ORDER BY rev, id LIMIT $4`, values);
    const last = rows.at(-1);
    if (last) yield rows;
    if (!last || rows.length < batchRows) return;
    after = last;
  }
}

/** What was removed, for everybody; and for a town what left it. */
async function* gone(pool: Pool, page: FeedPage): AsyncGenerator<FeedItem> {
  const found = await pool.query<{ rev: number; table_name: string; id: string }>(
    `SELECT rev, table_name, id FROM tombstone WHERE rev > $1 AND rev <= $2
     UNION ALL SELECT rev, table_name, id FROM left_town WHERE rev > $1 AND rev <= $2 AND town_code = $3
     ORDER BY rev, table_name, id`,
    [page.cursor, page.to, page.town],
  );
  for (const { rev, table_name: table, id } of found.rows)
    yield { rev, line: `${JSON.stringify({ t: 'gone', table, id, rev })}\n` };
}
