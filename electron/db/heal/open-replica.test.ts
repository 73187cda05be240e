import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../../shared/errors.ts';
import { undo } from '../commands/undo.ts';
import { urgeResponsibles } from '../commands/urge-responsibles.ts';
import { openWrite } from '../connection.ts';
import { accepted, rejected } from '../desk.test-support.ts';
import { newestVersion } from '../migrations/migrate.ts';
import { dismiss, outboxCounts, shownCommands } from '../outbox.ts';
import { recordResults } from '../record-results.ts';
import { readRow } from '../rows.ts';
import { feed, fill, line, sampleCase, sampleInstant, sampleRegister, scratchFile } from '../sample.test-support.ts';
import { encodeRecord, lastStates } from '../side-file/record.ts';
import { SideFile, sideFileOf } from '../side-file/side-file.ts';
import type { WriteDb } from '../statements.ts';
import { markDamaged } from './aside.ts';
import { findDamage } from './checks.ts';
import { type OpenedReplica, openReplica } from './open-replica.ts';

const cases = Array.from({ length: 30 }, (_, n) => line('case', sampleCase(`case-${n}`)));
let file: string;
let db: WriteDb;
let ids = 0;
let now = sampleInstant;

const desk = () => ({
  db,
  now: () => now,
  newId: () => `cmd-${String(++ids).padStart(8, '0')}`,
  workstation: 'ws',
});
const urge = (...caseIds: string[]) => {
  const answer = urgeResponsibles(desk(), { caseIds, degree: 'red', postKinds: [], note: '' });
  return answer.queued.map((one) => one.commandId);
};
const sideStates = () => lastStates(new SideFile(sideFileOf(file)).read()?.records ?? []);
const shown = () => shownCommands(db, null).map(({ id, state, reason }) => ({ id, state, reason }));
const asides = () => readdirSync(dirname(file)).filter((name) => /-damaged-.*\.db$/.test(name));

function open(): OpenedReplica['healed'] {
  const opened = openReplica(file, { now: () => now });
  db = opened.db;
  return opened.healed;
}
function damageHeader(): void {
  const bytes = readFileSync(file);
  bytes.fill(0, 0, 4096);
  writeFileSync(file, bytes);
}

beforeEach(() => {
  file = scratchFile();
  now = sampleInstant;
  open();
  fill(db, [...sampleRegister(), ...cases]);
});
afterEach(() => db.close());

describe('the side file', () => {
  test('holds a command before it is acknowledged, and what became of it', () => {
    const [a = '', b = '', c = ''] = [...urge('case-1'), ...urge('case-2'), ...urge('case-3')];
    expect(sideStates().get(a)).toMatchObject({ id: a, state: 'pending', case_id: 'case-1' });
    recordResults(db, [accepted(a, 5), rejected(b), rejected(c)]);
    dismiss(db, [c]);
    expect([...sideStates()].map(([id, row]) => [id, row?.state])).toEqual([
      [a, 'accepted'],
      [b, 'rejected'],
      [c, 'dismissed'],
    ]);
    feed(db, 1, 5, []);
    expect(sideStates().get(a)).toBeNull();
  });

  test('grows by one write for an urging of many, and holds nothing of what did not commit', () => {
    const before = readFileSync(sideFileOf(file));
    expect(() =>
      db.transaction(() => {
        urge('case-1', 'case-2');
        throw new Error('no');
      }),
    ).toThrow('no');
    db.run('CREATE TABLE parent (id INTEGER PRIMARY KEY)');
    db.run('CREATE TABLE child (id INTEGER REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)');
    // The commit itself fails: the side file has been written by then.
    const failing = () =>
      db.transaction(() => {
        urge('case-3');
        db.run('INSERT INTO child (id) VALUES (7)');
      });
    expect(failing).toThrow(/FOREIGN KEY/);
    expect(readFileSync(sideFileOf(file))).toEqual(before);
    urge('case-4');
    expect(sideStates().size).toBe(1);
  });

  test('that cannot be written keeps a command from being given', () => {
    const side = sideFileOf(file);
    renameSync(side, `${side}.old`);
    mkdirSync(side);
    expect(() => urge('case-1')).toThrow(Failure);
    expect(outboxCounts(db).pending).toBe(0);
    rmSync(side, { recursive: true });
    const [id = ''] = urge('case-1');
    expect(sideStates().get(id)).toMatchObject({ state: 'pending' });
  });

  test('is written anew when it has grown, and says the same', () => {
    const given = urge(...cases.map((one) => one.id));
    let longest = 0;
    for (let round = 0; round < 20; round += 1) {
      db.transaction(() => {
        for (let n = 0; n < 5; n += 1) db.run('UPDATE outbox SET choked_at = :n', { n: round * 5 + n });
      });
      longest = Math.max(longest, readFileSync(sideFileOf(file)).length);
    }
    expect(longest).toBeLessThan(1_200_000);
    expect(longest).toBeGreaterThan(900_000);
    expect([...sideStates()].map(([id, row]) => [id, row?.choked_at])).toEqual(given.map((id) => [id, 99]));
  });
});

describe('opening a replica', () => {
  test('a crash between side file and commit leaves the command once', () => {
    const [a = ''] = urge('case-1');
    const image = sideStates().get(a);
    if (!image) throw new Error('no record');
    const ghost = { ...image, id: 'cmd-ghost', case_id: 'case-2', seq: 2, batch: 'cmd-ghost' };
    db.close();
    writeFileSync(sideFileOf(file), encodeRecord({ t: 'row', row: ghost }), { flag: 'a' });
    expect(open()).toBeNull();
    expect(shown().map((one) => one.id)).toEqual([a, 'cmd-ghost']);
    expect(readRow(db, 'case', 'case-2')?.urgeCount).toBe(1);
    db.close();
    expect(open()).toBeNull();
    expect(shown().map((one) => one.id)).toEqual([a, 'cmd-ghost']);
  });

  test('a write-ahead log that is lost takes no command with it', () => {
    db.all('PRAGMA wal_checkpoint(TRUNCATE)');
    const [a = '', b = ''] = [...urge('case-1'), ...urge('case-2')];
    recordResults(db, [rejected(b)]);
    const before = readFileSync(file);
    db.close();
    writeFileSync(file, before);
    expect(open()).toBeNull();
    expect(shown()).toMatchObject([
      { id: a, state: 'pending' },
      { id: b, state: 'rejected', reason: 'caseClosed' },
    ]);
    expect(readRow(db, 'case', 'case-1')?.urgeCount).toBe(1);
    expect(readRow(db, 'case', 'case-2')?.urgeCount).toBe(0);
  });

  test('a damaged one is made anew with its commands; what was taken back or dismissed stays away', () => {
    const [a = '', b = '', c = '', d = ''] = ['case-1', 'case-2', 'case-3', 'case-4'].flatMap((one) => urge(one));
    const batch = urge('case-5', 'case-6');
    undo(desk(), { batch: batch[0] ?? '' });
    recordResults(db, [rejected(b), rejected(c), accepted(d, 9)]);
    dismiss(db, [c]);
    db.close();
    damageHeader();
    now += 1000;
    const healed = open();
    expect(healed).toMatchObject({ at: now, pending: 2, rejected: 1 });
    expect(existsSync(healed?.movedTo ?? '')).toBe(true);
    expect(shown()).toMatchObject([
      { id: a, state: 'pending' },
      { id: b, state: 'rejected', reason: 'caseClosed' },
      { id: d, state: 'pending' },
    ]);
    // Their cases come again, and the commands are laid over them.
    fill(db, [...sampleRegister(), ...cases], 10);
    expect(readRow(db, 'case', 'case-1')?.urgeCount).toBe(1);
    expect(readRow(db, 'case', 'case-2')?.urgeCount).toBe(0);
    expect(open0()).toBeNull();
    expect(shown()).toHaveLength(3);
  });

  const open0 = () => {
    db.close();
    return open();
  };

  test('damage found while running is marked, and the next start makes the file anew', () => {
    urge('case-1');
    db.close();
    markDamaged(file, { reason: 'a query', movedTo: null });
    expect(open()).toMatchObject({ reason: 'a query', pending: 1 });
    expect(open0()).toBeNull();
  });

  test('an order that reads otherwise than it was given is never sent', () => {
    const [a = ''] = urge('case-1');
    db.close();
    const handle = new Database(file);
    handle.exec(`UPDATE outbox SET args = replace(args, '"red"', '"blue"')`);
    handle.close();
    expect(open()).toMatchObject({ pending: 1 });
    expect(db.column('SELECT args FROM outbox')).toEqual([sideStates().get(a)?.args]);
  });

  test('the newest two damaged files are kept, and a third within the hour is left to a person', () => {
    urge('case-1');
    for (let time = 0; time < 2; time += 1) {
      db.close();
      damageHeader();
      now += 60_000;
      expect(open()).toMatchObject({ pending: 1 });
    }
    db.close();
    damageHeader();
    expect(open).toThrow(expect.objectContaining({ kind: 'replicaDamaged', detail: 'damagedAgain' }));
    now += 3_600_000;
    expect(open()).toMatchObject({ pending: 1 });
    expect(asides()).toHaveLength(2);
  });

  test('what is not ours is refused and stays where it is', () => {
    db.close();
    const stranger = new Database(`${file}.other`);
    stranger.exec('CREATE TABLE notes (text)');
    stranger.close();
    copyFileSync(`${file}.other`, file);
    for (const suffix of ['-wal', '-shm']) rmSync(file + suffix, { force: true });
    expect(open).toThrow(expect.objectContaining({ kind: 'replicaNotSqlite' }));
    const noSide = join(dirname(file), 'text.db');
    writeFileSync(noSide, 'never a database\n'.repeat(500));
    expect(() => openReplica(noSide, { now: () => now })).toThrow(
      expect.objectContaining({ kind: 'replicaNotSqlite' }),
    );
    rmSync(file);
    rmSync(sideFileOf(file));
    open();
    db.run(`PRAGMA user_version = ${newestVersion + 1}`);
    db.close();
    new SideFile(sideFileOf(file)).rewrite([{ t: 'head', version: newestVersion + 1 }]);
    expect(open).toThrow(expect.objectContaining({ kind: 'replicaTooNew' }));
    expect(asides()).toHaveLength(0);
    db = openWrite(scratchFile());
  });

  test.each([
    ['the version in its header', 60, Buffer.from([0, 0, 0xff, 0])],
    ['its mark of a replica', 68, Buffer.from([1])],
    ['its write version', 18, Buffer.from([9])],
    ['its page size', 16, Buffer.from([0x13, 0x37])],
  ])('damage to %s is damage, not another program’s file', (_, at, noise) => {
    urge('case-1');
    db.close();
    const bytes = readFileSync(file);
    bytes.set(noise, at);
    writeFileSync(file, bytes);
    expect(open()).toMatchObject({ pending: 1 });
  });
});

test('a look through the whole file finds a page that the start does not look at', () => {
  db.all('PRAGMA wal_checkpoint(TRUNCATE)');
  const [root = 0] = db.column<number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'cases_due'`);
  db.close();
  expect(findDamage(file)).toBeNull();
  const bytes = readFileSync(file);
  bytes.fill(0xee, (root - 1) * 4096, root * 4096);
  writeFileSync(file, bytes);
  expect(open()).toBeNull();
  expect(findDamage(file)).toMatch(/malformed|cases/);
});
