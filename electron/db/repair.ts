import type { RowsAnswer } from '../../shared/protocol/digest.ts';
import type { SyncTable } from '../../shared/protocol/tables.ts';
import { type Changed, ChangeList } from './changed.ts';
import { hashOfRow } from './digest.ts';
import { readFact } from './meta.ts';
import { readRow } from './rows.ts';
import { overlaidCases, type ServerLine, serverLine, withoutOverlay, writeServerLines } from './server-rows.ts';
import type { WriteDb } from './statements.ts';

/** Newer than every row: what is removed at it goes whatever revision a damaged row claims. */
const afterAll = Number.MAX_SAFE_INTEGER;

export interface Repair {
  changed: Changed;
  /** Rows written, replaced or removed. */
  rows: number;
}

/**
 * Makes rows what the server answered they are, in one transaction: wrong, missing and superfluous ones. All others stay untouched, and so do
 * pending commands. Null: the replica has moved beyond the answer, or to another data set; ask again. A row newer than the cursor is left to the feed.
 */
export function repairRows(db: WriteDb, table: SyncTable, ids: readonly string[], answer: RowsAnswer): Repair | null {
  return db.transaction(() => {
    const cursor = readFact(db, 'cursor');
    if (cursor === null || readFact(db, 'epoch') !== answer.epoch || answer.rev < cursor) return null;
    const theirs = new Map(answer.rows.map((row) => [row.id, row]));
    const lines: ServerLine[] = ids.flatMap((id) => {
      const row = theirs.get(id);
      if (row && row.rev > cursor) return [];
      const removed: ServerLine = { kind: 'gone', table, id, rev: afterAll };
      return row ? [removed, serverLine({ t: 'row', table, data: row })] : [removed];
    });
    const changed = new ChangeList();
    let rows = 0;
    withoutOverlay(db, overlaidCases(db, lines), changed, () => {
      const wrong = new Set(ids.filter((id) => !isRight(db, table, id, theirs.get(id))));
      writeServerLines(
        db,
        lines.filter((line) => wrong.has(line.id)),
        changed,
      );
      rows = new Set(lines.filter((line) => wrong.has(line.id)).map((line) => line.id)).size;
    });
    return { changed: changed.result(), rows };
  });
}

function isRight(db: WriteDb, table: SyncTable, id: string, theirs: { id: string; rev: number } | undefined): boolean {
  let mine: { rev: number } | null;
  try {
    mine = readRow(db, table, id);
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
  if (!mine || !theirs) return !mine && !theirs;
  return mine.rev === theirs.rev && hashOfRow(mine) === hashOfRow(theirs);
}
