import { rm } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { sqlTable } from '../../electron/db/rows.ts';
import { syncTableNames } from '../../shared/protocol/tables.ts';

/** Rows in memory at a time. */
const atOnce = 20_000;

/**
 * Inserts the rows of a replica into new tables of the same columns without keys or indexes: one prepared statement a table, one transaction, as
 * durable as the replica. Only the inserting is timed, not the reading. What any storage of these rows by this library costs at least.
 */
export async function insertBare(replica: string, file: string): Promise<{ rows: number; ms: number }> {
  for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true });
  const source = new Database(replica, { readonly: true });
  const target = new Database(file);
  try {
    target.pragma('journal_mode = WAL');
    target.pragma('synchronous = FULL');
    let rows = 0;
    let ms = 0;
    const timed = (work: () => void) => {
      const startedAt = performance.now();
      work();
      ms += performance.now() - startedAt;
    };
    timed(() => target.exec('BEGIN'));
    for (const table of syncTableNames.map(sqlTable)) {
      // Without what the database derives from them.
      const columns = source.pragma(`table_info(${table})`) as { name: string; type: string }[];
      const names = columns.map(({ name }) => name).join(', ');
      timed(() =>
        target.exec(`CREATE TABLE ${table} (${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`),
      );
      const insert = target.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`);
      const read = source
        .prepare(`SELECT rowid, ${names} FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ${atOnce}`)
        .raw();
      for (let last = 0; ; ) {
        const values = read.all(last) as [number, ...unknown[]][];
        const end = values.at(-1);
        if (!end) break;
        last = end[0];
        rows += values.length;
        const bare = values.map(([_, ...row]) => row);
        timed(() => {
          for (const row of bare) insert.run(row);
        });
      }
    }
    timed(() => target.exec('COMMIT'));
    return { rows, ms };
  } finally {
    source.close();
    target.close();
    for (const suffix of ['', '-wal', '-shm']) await rm(file + suffix, { force: true });
  }
}
