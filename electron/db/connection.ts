import Database from 'better-sqlite3';
import { Failure } from '../../shared/errors.ts';
import { failureOfSqlite } from './failures.ts';
import { damage } from './heal/damage.ts';
import { applicationId, migrate } from './migrations/migrate.ts';
import { ensureRollups } from './rollups/keep.ts';
import { hitsAsJson } from './search.ts';
import { type OnSlow, ReadDb, WriteDb } from './statements.ts';

/** Older versions can corrupt a write-ahead log that two connections use. */
const oldestSqlite = [3, 51, 3] as const;

/**
 * Opens (and if need be creates and migrates) the replica for its one writer. Durable: a commit that returned survives a power cut.
 * Throws Failure replicaTooNew, replicaNotSqlite, replicaReadOnly, replicaDamaged, diskFull, diskFailing,
 * replicaNotDurable or sqliteTooOld; the file is then as it was.
 */
export function openWrite(file: string, onSlow?: OnSlow): WriteDb {
  return opened(file, { timeout: 5000 }, (handle) => {
    assertSqlite(handle);
    assertOurs(handle);
    handle.pragma('journal_mode = WAL');
    handle.pragma('synchronous = FULL');
    handle.pragma('foreign_keys = ON');
    // A row replaced by INSERT OR REPLACE is then told to triggers as gone.
    handle.pragma('recursive_triggers = ON');
    // A statement's own undo log stays in memory: in a temporary file it would cost every command writes, and a full disk would fail it there.
    handle.pragma('temp_store = MEMORY');
    handle.pragma('mmap_size = 0');
    handle.pragma('journal_size_limit = 67108864');
    // A file we may not write opens all the same, for reading: better to learn it now than with the first command.
    handle.exec('BEGIN IMMEDIATE; ROLLBACK');
    migrate(handle);
    assertDurable(handle);
    const db = new WriteDb(handle, onSlow);
    ensureRollups(db);
    return db;
  });
}

/** Opens an existing replica that cannot be written through this connection. Same failures; a file of an older version is refused as damaged. */
export function openRead(file: string, onSlow?: OnSlow): ReadDb {
  return opened(file, { readonly: true, fileMustExist: true, timeout: 5000 }, (handle) => {
    assertSqlite(handle);
    assertOurs(handle);
    handle.pragma('query_only = ON');
    const db = new ReadDb(handle, onSlow);
    // A connection in the middle of a statement takes no other: the index is asked by one of its own, opened by the first search.
    let aside: ReadDb | null = null;
    db.onClose = () => aside?.close();
    handle.function('case_hits', { deterministic: true }, (text: string) => {
      aside ??= new ReadDb(new Database(file, { readonly: true, fileMustExist: true }), onSlow);
      return hitsAsJson(aside, text);
    });
    return db;
  });
}

function opened<T>(file: string, options: Database.Options, prepare: (handle: Database.Database) => T): T {
  let handle: Database.Database;
  try {
    handle = new Database(file, options);
  } catch (error) {
    throw failureOfSqlite(error);
  }
  try {
    return prepare(handle);
  } catch (error) {
    handle.close();
    throw failureOfSqlite(error);
  }
}

function assertSqlite(handle: Database.Database): void {
  assertVersion(handle.prepare('SELECT sqlite_version()').pluck().get() as string);
}

/** Throws Failure sqliteTooOld. */
export function assertVersion(version: string): void {
  if (isOlder(version.split('.').map(Number), oldestSqlite))
    throw new Failure('sqliteTooOld', `SQLite ${version} is older than ${oldestSqlite.join('.')}`, { detail: version });
}

function isOlder(version: readonly number[], than: readonly number[]): boolean {
  for (const [index, part] of than.entries()) {
    const mine = version[index] ?? 0;
    if (mine !== part) return mine < part;
  }
  return false;
}

/** A SQLite file that another program made is not ours to write into. An empty file is a replica not yet begun. */
function assertOurs(handle: Database.Database): void {
  const id = handle.pragma('application_id', { simple: true });
  if (id === applicationId) return;
  const names = handle.prepare('SELECT name FROM sqlite_schema').pluck().all() as string[];
  if (['cases', 'outbox', 'base_row'].every((name) => names.includes(name)))
    throw damage('a replica without the mark of one');
  if (names.length > 0 || id !== 0)
    throw new Failure('replicaNotSqlite', 'the file is a database of another program', { detail: 'otherProgram' });
}

/** Throws Failure replicaNotDurable unless a commit on this connection outlives a power cut: a file system may refuse the log without a word. */
export function assertDurable(handle: Database.Database): void {
  assertPragma(handle, 'journal_mode', 'wal');
  assertPragma(handle, 'synchronous', 2);
  assertPragma(handle, 'mmap_size', 0);
}

function assertPragma(handle: Database.Database, name: string, expected: string | number): void {
  const actual = handle.pragma(name, { simple: true });
  // mmap_size answers nothing where memory mapping is compiled out: that is as good as 0.
  if (actual !== expected && !(name === 'mmap_size' && actual === undefined))
    throw new Failure('replicaNotDurable', `${name} is ${String(actual)}, must be ${expected}`, { detail: name });
}
