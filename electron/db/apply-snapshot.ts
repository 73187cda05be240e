import { Failure } from '../../shared/errors.ts';
import { syncTableNames } from '../../shared/protocol/tables.ts';
import { confirmedCases, dropConfirmed } from './apply-page.ts';
import { type Changed, ChangeList } from './changed.ts';
import { beginLoad, endLoadRows, finishLoadStep, holdsRows, type LoadShare } from './first-load.ts';
import { holdAllTables } from './held-tables.ts';
import { readFact, type SnapshotPlace, writeFact } from './meta.ts';
import { casesWithOpenCommands } from './outbox.ts';
import { loadPacked, type PackedRows, unpacked } from './packed-rows.ts';
import { suspendRollups } from './rollups/build.ts';
import { rebuildRollups } from './rollups/keep.ts';
import { sqlTable } from './rows.ts';
import { newestSeen } from './seen.ts';
import { loadServerLines, overlaidCases, type ServerLine, withoutOverlay, writeServerLines } from './server-rows.ts';
import type { WriteDb } from './statements.ts';

/** Revision of a row that the snapshot under way has not confirmed yet: older than everything, so that whatever comes replaces it. */
const stale = -1;

/**
 * Begins (or goes on with) the snapshot of a data set at a revision. Rows already here stay readable and are replaced or, at the end, removed; the
 * outbox keeps every command. Commands another data set had accepted are sent again: it may never have seen them, and if it has, it knows their id.
 */
export function beginSnapshot(db: WriteDb, begin: { epoch: string; at: number; total: number }): SnapshotPlace {
  return db.transaction(() => {
    const place = readFact(db, 'snapshot');
    if (place && place.epoch === begin.epoch && place.at === begin.at) return place;
    suspendRollups(db);
    // A server that ends before what we hold was restored, even if its epoch was forgotten to be renewed.
    const otherData = readFact(db, 'epoch') !== begin.epoch || newestSeen(db) > begin.at;
    if (otherData) db.run(`UPDATE outbox SET state = 'pending', result_rev = NULL WHERE state = 'accepted'`);
    const replaces = holdsRows(db);
    if (replaces)
      withoutOverlay(db, new Set(casesWithOpenCommands(db)), new ChangeList(), () => {
        for (const table of syncTableNames)
          db.run(`UPDATE ${sqlTable(table)} SET rev = :stale WHERE rev <> :stale`, { stale });
      });
    else beginLoad(db, begin.total);
    const fresh: SnapshotPlace = { ...begin, after: null, done: 0, replaces };
    writeFact(db, 'snapshot', fresh);
    writeFact(db, 'cursor', null);
    writeFact(db, 'epoch', null);
    writeFact(db, 'seenRev', begin.at);
    return fresh;
  });
}

/** What a snapshot brings: rows that were read, or a line of them as it came. */
export type SnapshotItem = ServerLine | PackedRows;

/** Applies the rows up to a resting place, and the place with them. Throws Failure answerMalformed, and nothing of them is in then. */
export function applySnapshotPart(
  db: WriteDb,
  items: readonly SnapshotItem[],
  after: string,
): { changed: Changed; place: SnapshotPlace } {
  return db.transaction(() => {
    const place = readFact(db, 'snapshot');
    if (!place) throw new Failure('internal', 'no snapshot under way');
    const changes = new ChangeList();
    const lines = loadPackedOf(db, items, changes);
    withoutOverlay(db, overlaidCases(db, lines), changes, () => writeLines(db, lines, changes));
    const changed = changes.result();
    const next = { ...place, after, done: Math.min(place.total, place.done + changed.rows) };
    writeFact(db, 'snapshot', next);
    return { changed, place: next };
  });
}

/** Puts in what came packed, if this is a first load; answers the rows that remain to be written. */
function loadPackedOf(db: WriteDb, items: readonly SnapshotItem[], changes: ChangeList): readonly ServerLine[] {
  const open = readFact(db, 'load') ? new Set(casesWithOpenCommands(db)) : null;
  return items.flatMap((item) => {
    if (item.kind !== 'packed') return item;
    return open ? loadPacked(db, item, open, changes) : unpacked(item);
  });
}

function writeLines(db: WriteDb, lines: readonly ServerLine[], changes: ChangeList): void {
  const write = readFact(db, 'load') ? loadServerLines : writeServerLines;
  write(db, lines, changes);
}

/**
 * Ends the snapshot's rows: what it did not name is gone, the feed will go on from `cursor`. Null: what a first load put off is still to be made, step by
 * step with `finishSnapshotStep`.
 */
export function endSnapshot(db: WriteDb, items: readonly SnapshotItem[], cursor: number): Changed | null {
  const changed = db.transaction(() => {
    const place = readFact(db, 'snapshot');
    if (!place) throw new Failure('internal', 'no snapshot under way');
    const load = readFact(db, 'load');
    const changes = new ChangeList();
    const lines = loadPackedOf(db, items, changes);
    const cases = new Set([...casesWithOpenCommands(db), ...confirmedCases(db, cursor)]);
    withoutOverlay(db, cases, changes, () => {
      writeLines(db, lines, changes);
      if (place.replaces) removeStale(db);
      dropConfirmed(db, cursor);
    });
    if (load) endLoadRows(db, load, cursor);
    else {
      rebuildRollups(db);
      stand(db, place, cursor);
    }
    return load ? null : everything(changes);
  });
  if (changed) db.learnSizes();
  return changed;
}

/** Makes the next of what a first load put off; at the last the replica stands at the snapshot's revision. Goes on where a crash or an abort left it. */
export function finishSnapshotStep(db: WriteDb): { share: LoadShare } | { changed: Changed } {
  const share = finishLoadStep(db);
  if (share) return { share };
  db.learnSizes();
  db.transaction(() => {
    const place = readFact(db, 'snapshot');
    const cursor = readFact(db, 'load')?.cursor ?? null;
    if (!place || cursor === null) throw new Failure('internal', 'no load to finish');
    writeFact(db, 'load', null);
    stand(db, place, cursor);
  });
  return { changed: everything(new ChangeList()) };
}

function removeStale(db: WriteDb): void {
  for (const table of syncTableNames) db.run(`DELETE FROM ${sqlTable(table)} WHERE rev = :stale`, { stale });
}

function stand(db: WriteDb, place: SnapshotPlace, cursor: number): void {
  holdAllTables(db);
  writeFact(db, 'cursor', cursor);
  writeFact(db, 'epoch', place.epoch);
  writeFact(db, 'snapshot', null);
}

function everything(changes: ChangeList): Changed {
  return { ...changes.result(), tables: [...syncTableNames], caseIds: null };
}
