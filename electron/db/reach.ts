import { recordTables } from '../../shared/protocol/tables.ts';
import { type Changed, ChangeList } from './changed.ts';
import { finishLoadStep, holdsRows } from './first-load.ts';
import { readFact, writeFact } from './meta.ts';
import { suspendRollups } from './rollups/build.ts';
import { rebuildRollups } from './rollups/keep.ts';
import { sqlTable } from './rows.ts';
import type { ReadDb, WriteDb } from './statements.ts';

const emptied = [...(['case', ...recordTables] as const)]
  .map(sqlTable)
  .concat('base_row', 'search_part', 'search_fresh', 'search_zone');

/**
 * The operator may see one town (null: the county). What may lie here beyond that is gone when this returns, in one transaction; a snapshot has to follow
 * then. All cases go, those of the own town too: to empty tables takes moments, to choose among a million rows does not. The outbox keeps every
 * command. Null: there was nothing to take away.
 */
export function keepToReach(db: WriteDb, town: string | null): Changed | null {
  return db.transaction(() => {
    const within = town === null || widestTown(db) === town;
    const reach = readFact(db, 'reach');
    if (reach?.town !== town || !reach) writeFact(db, 'reach', { town });
    if (within || !holdsRows(db)) return null;
    for (const fact of ['snapshot', 'cursor', 'epoch'] as const) writeFact(db, fact, null);
    suspendRollups(db);
    // With triggers in place the database would look at every row it removes.
    const triggers = db.all<{ name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN (SELECT value FROM json_each(:tables))`,
      { tables: JSON.stringify(emptied) },
    );
    for (const { name } of triggers) db.run(`DROP TRIGGER ${name}`);
    for (const table of emptied) db.run(`DELETE FROM ${table}`);
    db.run('UPDATE search_state SET upto = 0');
    for (const { sql } of triggers) db.run(sql);
    db.run('DELETE FROM person WHERE town_code IS NOT NULL');
    rebuildRollups(db);
    // What a first load had put off is made while there is nothing to make it of.
    while (finishLoadStep(db));
    writeFact(db, 'load', null);
    return { ...new ChangeList().result(), tables: ['case', ...recordTables, 'person'], caseIds: null };
  });
}

/** The town that all rows here belong to; null: they may be anybody's. */
function widestTown(db: ReadDb): string | null {
  const reach = readFact(db, 'reach');
  if (reach) return reach.town;
  // A file of before this fact: the name of its data set says it.
  const [, town = null] = (readFact(db, 'epoch') ?? readFact(db, 'snapshot')?.epoch ?? '').split('.');
  return town;
}
