import { createHash } from 'node:crypto';
import { readFact, writeFact } from '../meta.ts';
import type { ReadDb, WriteDb } from '../statements.ts';
import { createLog, createTriggers, triggerNames } from './change-log.ts';
import { buildOrder, createSql, fillSql, mergeSql, rollups } from './tables.ts';

/** Changes kept in the log before they are merged: reading them costs a question about 1 µs each, merging many at once is cheaper for each. */
const mergeAt = 4000;

/** What the rollups are made of: another dictionary or division makes another signature, and they are built anew. */
export const signature = createHash('sha256')
  .update(JSON.stringify([rollups.map((rollup) => [createSql(rollup), fillSql(rollup)]), createLog, createTriggers()]))
  .digest('hex');

/** Whether the rollups stand for what the file holds. */
export function rollupsHold(db: ReadDb): boolean {
  return readFact(db, 'rollups') === signature;
}

/** Builds the rollups when they are missing or of another make. Called by the writer when it opens the file; a snapshot under way builds them at its end. */
export function ensureRollups(db: WriteDb): void {
  if (!rollupsHold(db) && readFact(db, 'snapshot') === null) rebuildRollups(db);
}

/** Throws the rollups away and builds them from the cases, in one transaction. Seconds at a million cases. */
export function rebuildRollups(db: WriteDb): void {
  db.transaction(() => {
    suspendRollups(db);
    for (const name of db.column<string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'rollup_*'`,
    ))
      db.run(`DROP TABLE ${name}`);
    db.script(createLog);
    for (const rollup of buildOrder) {
      db.script(createSql(rollup));
      db.run(fillSql(rollup));
    }
    db.script(createTriggers());
    writeFact(db, 'rollups', signature);
  });
}

/** From here on changes are not followed and every question reads the cases themselves, until `rebuildRollups`. For loading very many rows. */
export function suspendRollups(db: WriteDb): void {
  db.transaction(() => {
    for (const name of triggerNames) db.script(`DROP TRIGGER IF EXISTS ${name}`);
    writeFact(db, 'rollups', null);
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
