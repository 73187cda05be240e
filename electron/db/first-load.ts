import { syncTableNames } from '../../shared/protocol/tables.ts';
import { type FirstLoad, readFact, writeFact } from './meta.ts';
import { buildStep, buildStepsLeft, rollupsHold } from './rollups/build.ts';
import { sqlTable } from './rows.ts';
import { indexNextPart, partsLeft } from './search/keep.ts';
import type { ReadDb, WriteDb } from './statements.ts';

/**
 * The first load of a county. Keeping every index and the search text right with each of a million rows takes several times as long as making them at the
 * end, each in one go; and a replica that holds nothing has nothing to lose meanwhile. What is put off stands in the fact `load`, in the transaction that
 * puts it off or makes it, so that a process that ends at any point goes on from there.
 */

/** Fewer rows than this are not worth it. */
const manyRows = 20_000;
const bigTables = ['cases', 'case_event', 'call', 'message'] as const;
/** Indexes of open cases only stay: the first screen lives by them, and they are short. */
const keptIndexes = '%WHERE closed_at IS NULL%';

/** Whether any row of the server's is here. */
export function holdsRows(db: ReadDb): boolean {
  return syncTableNames.some((table) => db.get(`SELECT 1 FROM ${sqlTable(table)} LIMIT 1`) !== undefined);
}

/** Puts off what can wait, if the replica is empty and much is to come. Call in the transaction that begins the snapshot. */
export function beginLoad(db: WriteDb, total: number): void {
  if (total < manyRows || holdsRows(db)) return;
  const indexes = db.all<{ name: string; sql: string }>(
    `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql NOT LIKE :kept
       AND tbl_name IN (SELECT value FROM json_each(:tables)) ORDER BY name`,
    { kept: keptIndexes, tables: JSON.stringify(bigTables) },
  );
  for (const { name } of indexes) db.run(`DROP INDEX ${name}`);
  writeFact(db, 'load', { indexes, cursor: null, steps: 0 });
}

/** The rows are in, up to this revision: from here on `finishLoadStep` makes what was put off. */
export function endLoadRows(db: WriteDb, load: FirstLoad, cursor: number): void {
  writeFact(db, 'load', { ...load, cursor, steps: stepsLeft(db, load) });
}

/** How far the making of what was put off has come. */
export interface LoadShare {
  done: number;
  total: number;
}

/** Makes the next of what was put off, in one transaction: an index, a step of the rollups, a part of the search index. Null: there is no more. */
export function finishLoadStep(db: WriteDb): LoadShare | null {
  return db.transaction(() => {
    const load = readFact(db, 'load');
    if (!load) return null;
    const next = afterNextStep(db, load);
    if (!next) return null;
    writeFact(db, 'load', next);
    return { done: Math.max(0, load.steps - stepsLeft(db, next)), total: load.steps };
  });
}

/** Whether of what was put off only parts of the search index remain, which another thread may be making. */
export function onlySearchIsLeft(db: ReadDb): boolean {
  const load = readFact(db, 'load');
  return load !== null && load.cursor !== null && load.indexes.length === 0 && rollupsHold(db) && partsLeft(db) > 0;
}

function afterNextStep(db: WriteDb, load: FirstLoad): FirstLoad | null {
  const [index, ...indexes] = load.indexes;
  if (index) {
    db.run(index.sql);
    return { ...load, indexes };
  }
  if (!rollupsHold(db)) {
    buildStep(db);
    return load;
  }
  return indexNextPart(db) ? load : null;
}

function stepsLeft(db: ReadDb, load: FirstLoad): number {
  return load.indexes.length + buildStepsLeft(db) + partsLeft(db);
}
