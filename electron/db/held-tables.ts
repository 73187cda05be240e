import { type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import { readFact, writeFact } from './meta.ts';
import type { ReadDb, WriteDb } from './statements.ts';

/** What replicas held before they kept account of it. */
const first: readonly string[] = [
  ...['setting', 'calendarDay', 'town', 'village', 'grid', 'department', 'person', 'post', 'campaign'],
  ...['case', 'caseEvent', 'call', 'message'],
];

/**
 * Tables that this program synchronises and whose rows from before are not here: a program that did not know them ignored what the server sent of them.
 * They are filled alone; everything else stays as it is.
 */
export function tablesToFill(db: ReadDb): SyncTable[] {
  if (readFact(db, 'cursor') === null) return [];
  const held = new Set(readFact(db, 'tables') ?? first);
  return syncTableNames.filter((table) => !held.has(table));
}

/** From here on everything the program synchronises is here. */
export function holdAllTables(db: WriteDb): void {
  writeFact(db, 'tables', [...syncTableNames]);
}
