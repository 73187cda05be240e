import { Failure } from '../../shared/errors.ts';
import { type Changed, ChangeList } from './changed.ts';
import { readFact, writeFact } from './meta.ts';
import { mergeChanges } from './rollups/keep.ts';
import { overlaidCases, type ServerLine, withoutOverlay, writeServerLines } from './server-rows.ts';
import type { WriteDb } from './statements.ts';

/** A whole page of the change feed: everything in (from, cursor]. */
export interface ChangePage {
  from: number;
  cursor: number;
  epoch: string | null;
  lines: readonly ServerLine[];
}

/**
 * Applies a page, its cursor and the settling of commands that came back with it, in one transaction. A page applied before changes 0 rows; one that
 * would leave a gap is refused; an overlapping one adds only what is new.
 */
export function applyPage(db: WriteDb, page: ChangePage): Changed {
  return db.transaction(() => {
    const changed = new ChangeList();
    const cursor = readFact(db, 'cursor');
    if (cursor === null || page.from > cursor)
      throw new Failure('internal', `page from ${page.from} does not meet cursor ${cursor}`);
    if (page.cursor <= cursor) return changed.result();
    const lines = page.lines.filter((line) => line.rev > cursor);
    const cases = overlaidCases(db, lines);
    for (const caseId of confirmedCases(db, page.cursor)) cases.add(caseId);
    withoutOverlay(db, cases, changed, () => {
      writeServerLines(db, lines, changed);
      dropConfirmed(db, page.cursor);
    });
    writeFact(db, 'cursor', page.cursor);
    mergeChanges(db);
    return changed.result();
  });
}

/** Cases of commands whose effect lies at or below the revision. */
export function confirmedCases(db: WriteDb, cursor: number): string[] {
  return db.column<string>(`SELECT DISTINCT case_id FROM outbox WHERE state = 'accepted' AND result_rev <= :cursor`, {
    cursor,
  });
}

/** Commands whose effect is among the server's rows we hold have done their work. */
export function dropConfirmed(db: WriteDb, cursor: number): void {
  db.run(`DELETE FROM outbox WHERE state = 'accepted' AND result_rev <= :cursor`, { cursor });
}
