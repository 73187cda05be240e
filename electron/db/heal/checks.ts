import { Failure } from '../../../shared/errors.ts';
import { syncTableNames } from '../../../shared/protocol/tables.ts';
import { openRead } from '../connection.ts';
import { readFact } from '../meta.ts';
import { expectedSchema } from '../migrations/expected-schema.ts';
import { sqlTable } from '../rows.ts';
import type { ReadDb } from '../statements.ts';
import { asDamage, damage, isDamage } from './damage.ts';

/** Tables that grow with the cases: too many pages to be looked at before the first screen. */
const large = new Set(['cases', 'case_event', 'call', 'message', 'person', 'grid']);

/**
 * What can be looked at at each start, however many cases there are: the schema, the structure of every small table, and that what is kept of pending
 * commands parses. Throws the failure of a damaged replica.
 */
export function checkAtStart(db: ReadDb): void {
  const objects = new Map(
    db
      .all<{ name: string; sql: string | null }>('SELECT name, sql FROM sqlite_schema')
      .map(({ name, sql }) => [name, sql]),
  );
  // A first load under way has put some indexes off.
  const putOff = new Set(readFact(db, 'load')?.indexes.map((index) => index.name));
  for (const [name, sql] of expectedSchema())
    if (objects.get(name) !== sql && !(putOff.has(name) && !objects.has(name)))
      throw damage(`schema of ${name} is not as it was made`);
  const small = syncTableNames.map(sqlTable).filter((name) => !large.has(name));
  for (const table of ['meta', 'outbox', 'base_row', ...small]) checkTable(db, table, 'quick_check');
  const unreadable = db.column<number>(
    `SELECT 1 FROM base_row WHERE "row" IS NOT NULL AND NOT json_valid("row")
     UNION ALL SELECT 1 FROM outbox WHERE NOT json_valid(args) OR NOT json_valid(operator)
     UNION ALL SELECT 1 FROM meta WHERE NOT json_valid(value)`,
  );
  if (unreadable.length > 0) throw damage('stored JSON does not parse');
}

/**
 * Every page of every table, its indexes against its rows, and the search index: many seconds at a million cases, so in a thread of its own. Null: sound.
 */
export function findDamage(file: string): string | null {
  try {
    const db = openRead(file);
    try {
      for (const table of db.column<string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`))
        checkTable(db, table, 'integrity_check');
    } finally {
      db.close();
    }
    return null;
  } catch (error) {
    const found = asDamage(error);
    if (isDamage(found)) return found.message;
    throw error;
  }
}

type Check = 'quick_check' | 'integrity_check';

function checkTable(db: ReadDb, table: string, check: Check): void {
  const [said] = saidOf(db, table, check);
  if (said !== 'ok') throw damage(`${table}: ${String(said).slice(0, 200)}`);
}

/** A check that ends in an error of SQL met a value no column of ours could hold: it goes by what is stored alone. */
function saidOf(db: ReadDb, table: string, check: Check): string[] {
  try {
    return db.column<string>(`PRAGMA ${check}('${table}')`);
  } catch (error) {
    throw error instanceof Failure ? error : damage(`${table}: ${String(error)}`, error);
  }
}
