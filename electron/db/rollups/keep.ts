import { readFact } from '../meta.ts';
import type { ReadDb, WriteDb } from '../statements.ts';
import { buildStep, rollupsHold, suspendRollups } from './build.ts';
import { mergeSql, rollups } from './tables.ts';

/** Changes kept in the log before they are merged: reading them costs a question about 1 µs each, merging many at once is cheaper for each. */
const mergeAt = 4000;

/** So many cases are counted while the file is opened, some tenths of a second; more of them by steps, while the desk answers already. */
const fewCases = 20_000;

/** Whether the rollups are missing or of another make, and no snapshot is under way that makes them at its end. */
function areWanted(db: ReadDb): boolean {
  return !rollupsHold(db) && readFact(db, 'snapshot') === null;
}

/** Builds the rollups of few cases where they are wanted. Called by the writer when it opens the file; of many `tendRollups` builds them. */
export function ensureRollups(db: WriteDb): void {
  if (!areWanted(db)) return;
  const newest = db.get<{ n: number | null }>('SELECT max(n) AS n FROM cases')?.n ?? 0;
  if (newest <= fewCases) rebuildRollups(db);
}

/** The next step of building the rollups where they are wanted, some tenths of a second; false: there was nothing to do. */
export function tendRollups(db: WriteDb): boolean {
  if (!areWanted(db)) return false;
  buildStep(db);
  return true;
}

/** Throws the rollups away and builds them from the cases, in one transaction. Seconds at a million cases. */
export function rebuildRollups(db: WriteDb): void {
  db.transaction(() => {
    suspendRollups(db);
    while (!rollupsHold(db)) buildStep(db);
  });
}

/** Merges the log into the rollups once it has grown long. Call at the end of a transaction that changed cases; forgetting it costs time only. */
export function mergeChanges(db: WriteDb, atLeast = mergeAt): void {
  if (!rollupsHold(db)) return;
  const length = db.get<{ length: number | null }>('SELECT max(n) AS length FROM rollup_change')?.length ?? 0;
  if (length < atLeast) return;
  db.transaction(() => {
    for (const rollup of rollups) db.run(mergeSql(rollup));
    db.run('DELETE FROM rollup_change');
  });
}
