import { readFact } from '../meta.ts';
import type { WriteDb } from '../statements.ts';
import { buildStep, rollupsHold, suspendRollups } from './build.ts';
import { mergeSql, rollups } from './tables.ts';

/** Changes kept in the log before they are merged: reading them costs a question about 1 µs each, merging many at once is cheaper for each. */
const mergeAt = 4000;

/** Builds the rollups when they are missing or of another make. Called by the writer when it opens the file; a snapshot under way builds them at its end. */
export function ensureRollups(db: WriteDb): void {
  if (!rollupsHold(db) && readFact(db, 'snapshot') === null) rebuildRollups(db);
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
