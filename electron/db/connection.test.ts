import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { columnsOf, syncTableNames } from '../../shared/protocol/tables.ts';
import type { Desk } from './commands/give.ts';
import { urgeResponsibles } from './commands/urge-responsibles.ts';
import { assertDurable, assertVersion, openRead, openWrite } from './connection.ts';
import { applicationId, migrate, migrations, newestVersion } from './migrations/migrate.ts';
import { outboxCounts } from './outbox.ts';
import { readRow, sqlTable } from './rows.ts';
import { fill, line, sampleCase, sampleInstant, sampleRegister, scratchFile } from './sample.test-support.ts';
import { WriteDb } from './statements.ts';

const failure = (kind: string) => expect.objectContaining({ kind });

describe('the replica file', () => {
  test('a commit is durable: write-ahead log with synchronous=FULL, no memory map', () => {
    const file = scratchFile();
    openWrite(file).close();
    const db = openWrite(file);
    expect(db.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(db.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    expect(db.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    expect((db.get<{ mmap_size: number }>('PRAGMA mmap_size')?.mmap_size ?? 0) === 0).toBe(true);
    db.close();
  });

  test.each(['synchronous = NORMAL', 'synchronous = OFF', 'journal_mode = DELETE'])(
    'a connection that is silently not durable (%s) is refused by name',
    (pragma) => {
      const file = scratchFile();
      openWrite(file).close();
      const handle = new Database(file);
      handle.pragma('synchronous = FULL');
      expect(() => assertDurable(handle)).not.toThrow();
      handle.pragma(pragma);
      expect(() => assertDurable(handle)).toThrow(failure('replicaNotDurable'));
      handle.close();
    },
  );

  test('a place that refuses the write-ahead log is refused for writing', () => {
    expect(() => openWrite(':memory:')).toThrow(failure('replicaNotDurable'));
  });

  test.each(['3.51.2', '3.50.9', '2.99.99', '3.51'])(
    'SQLite %s, which can corrupt a log of two connections, is refused',
    (version) => {
      expect(() => assertVersion(version)).toThrow(failure('sqliteTooOld'));
    },
  );

  test.each(['3.51.3', '3.52.0', '4.0.0'])('SQLite %s is taken', (version) => {
    expect(() => assertVersion(version)).not.toThrow();
  });

  test('the reader cannot write', () => {
    const file = scratchFile();
    const writer = openWrite(file);
    const reader = openRead(file);
    expect('run' in reader).toBe(false);
    expect(() => reader.get(`DELETE FROM meta RETURNING key`)).toThrow(failure('replicaReadOnly'));
    reader.close();
    writer.close();
  });

  test('a file from a newer program is refused by name and stays as it was', () => {
    const file = scratchFile();
    openWrite(file).close();
    const raw = new Database(file);
    raw.pragma(`user_version = ${newestVersion + 10}`);
    raw.close();
    const before = readFileSync(file);
    expect(() => openWrite(file)).toThrow(failure('replicaTooNew'));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('a file that is not SQLite, or another program’s, is refused by name and stays as it was', () => {
    const text = scratchFile();
    writeFileSync(text, 'these are notes, not a database. '.repeat(100));
    expect(() => openWrite(text)).toThrow(failure('replicaNotSqlite'));
    expect(readFileSync(text, 'utf8')).toMatch(/^these are notes/);
    const other = scratchFile();
    const raw = new Database(other);
    raw.exec('CREATE TABLE theirs (id)');
    raw.close();
    expect(() => openWrite(other)).toThrow(failure('replicaNotSqlite'));
  });

  test('a replica that is not there is refused to a reader, and a folder that is not there to the writer', () => {
    expect(() => openRead(scratchFile())).toThrow(failure('replicaReadOnly'));
    expect(() => openWrite('/nowhere/at/all/replica.db')).toThrow();
  });

  test('a file that may not be written is refused by name, also one that needs no migration', () => {
    const file = scratchFile();
    openWrite(file).close();
    chmodSync(file, 0o444);
    chmodSync(dirname(file), 0o555);
    expect(openedWithoutPrivilege(file)).toBe('replicaReadOnly');
  });

  test('a damaged file is named so', () => {
    const file = scratchFile();
    const db = openWrite(file);
    fill(db, [...sampleRegister(), ...Array.from({ length: 300 }, (_, n) => line('case', sampleCase(`c${n}`)))]);
    db.close();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096, bytes.length - 4096);
    writeFileSync(file, bytes);
    expect(() => {
      const again = openWrite(file);
      for (const table of syncTableNames) again.all(`SELECT * FROM ${sqlTable(table)}`);
    }).toThrow(failure('replicaDamaged'));
  });

  test('a full disk is named, loses nothing, and the work goes on when there is room', () => {
    const handle = new Database(scratchFile());
    handle.pragma('journal_mode = WAL');
    migrate(handle);
    const db = new WriteDb(handle);
    fill(db, [...sampleRegister(), line('case', sampleCase('a'))]);
    const desk: Desk = { db, now: () => sampleInstant, newId: nextId(), workstation: 'ws' };
    const urge = () => urgeResponsibles(desk, { caseIds: ['a'], degree: 'red', postKinds: [], note: '注'.repeat(500) });
    urge();
    const pages = handle.pragma('page_count', { simple: true }) as number;
    handle.pragma(`max_page_count = ${pages}`);
    let done = 1;
    expect(() => {
      for (;;) {
        urge();
        done += 1;
      }
    }).toThrow(failure('diskFull'));
    expect(outboxCounts(db).pending).toBe(done);
    expect(readRow(db, 'case', 'a')?.urgeCount).toBe(done);
    handle.pragma('max_page_count = 1000000');
    urge();
    expect(outboxCounts(db).pending).toBe(done + 1);
  });
});

/**
 * Kind of failure that opening gives somebody who has to keep to the file's rights. Root does not, so root asks without that privilege: another
 * user might not even reach the checkout.
 */
function openedWithoutPrivilege(file: string): string {
  const code = `import { openWrite } from ${JSON.stringify(join(import.meta.dirname, 'connection.ts'))};
    try { openWrite(${JSON.stringify(file)}); console.log('opened'); } catch (error) { console.log(error.kind); }`;
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const node = [process.execPath, '--import', tsx, '--input-type=module', '-e', code];
  const plain = ['setpriv', '--bounding-set=-dac_override,-dac_read_search', ...node];
  const [program = '', ...args] = process.getuid?.() === 0 ? plain : node;
  return execFileSync(program, args, { encoding: 'utf8' }).trim();
}

function nextId(): () => string {
  let n = 0;
  return () => `cmd-${String(++n).padStart(8, '0')}`;
}

describe('migrations', () => {
  test('a file of the version before keeps its rows through a step, and a step that fails leaves it whole', () => {
    const file = scratchFile();
    const before = openWrite(file);
    fill(before, [...sampleRegister(), line('case', sampleCase('a'))]);
    before.close();
    const handle = new Database(file);
    const next = { version: newestVersion + 10, sql: 'ALTER TABLE town ADD COLUMN short_name TEXT' };
    expect(() =>
      migrate(handle, [...migrations, { ...next, sql: `${next.sql}; INSERT INTO nowhere VALUES (1)` }]),
    ).toThrow();
    expect(handle.pragma('user_version', { simple: true })).toBe(newestVersion);
    migrate(handle, [...migrations, next]);
    expect(handle.pragma('user_version', { simple: true })).toBe(newestVersion + 10);
    expect(handle.pragma('application_id', { simple: true })).toBe(applicationId);
    expect(handle.prepare('SELECT name, short_name FROM town').all()).toEqual([{ name: '枫亭镇', short_name: null }]);
    expect(readRow(new WriteDb(handle), 'case', 'a')).toEqual(sampleCase('a'));
    handle.close();
  });

  test('versions are tens, rising', () => {
    const versions = migrations.map(({ version }) => version);
    expect(versions.filter((version) => version % 10 !== 0)).toEqual([]);
    expect([...new Set(versions)].sort((a, b) => a - b)).toEqual(versions);
  });

  test('every column of the contract stands in its table', () => {
    const db = openWrite(scratchFile());
    for (const table of syncTableNames) {
      const names = db.column<string>(`SELECT name FROM pragma_table_info('${sqlTable(table)}')`);
      expect(names).toEqual(expect.arrayContaining(columnsOf(table).map((column) => column.name)));
    }
  });
});
