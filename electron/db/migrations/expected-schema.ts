import Database from 'better-sqlite3';
import { migrate } from './migrate.ts';

let made: readonly (readonly [name: string, sql: string | null])[] | null = null;

/** Tables, indexes and triggers of the newest version with the words that make them. Milliseconds at the first call. */
export function expectedSchema(): readonly (readonly [name: string, sql: string | null])[] {
  if (made) return made;
  const handle = new Database(':memory:');
  try {
    migrate(handle);
    made = handle.prepare(`SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'`).raw().all() as [
      string,
      string | null,
    ][];
  } finally {
    handle.close();
  }
  return made;
}
