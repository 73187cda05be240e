import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Desk } from './commands/give.ts';
import { urgeResponsibles } from './commands/urge-responsibles.ts';
import { openRead } from './connection.ts';
import { openReplica } from './heal/open-replica.ts';
import { fill, line, sampleCase, sampleInstant, sampleRegister, scratchFile } from './sample.test-support.ts';
import { sideFileOf } from './side-file/side-file.ts';
import type { WriteDb } from './statements.ts';

let file: string;
let db: WriteDb;
let desk: Desk;
let left: (() => void)[];
const ids = Array.from({ length: 600 }, (_, n) => `case-${n}`);

beforeEach(() => {
  file = scratchFile();
  left = [];
  db = openReplica(file, { now: () => sampleInstant, later: (work) => left.push(work) }).db;
  let n = 0;
  desk = { db, now: () => sampleInstant, newId: () => `cmd-${String(++n).padStart(8, '0')}`, workstation: 'ws' };
  const long = { detail: '积水'.repeat(2000) };
  fill(db, [...sampleRegister(), ...ids.map((id) => line('case', sampleCase(id, long)))]);
  settle();
});
afterEach(() => db.close());

const settle = () => {
  for (const work of left.splice(0)) work();
};
const waiting = () => {
  const [said] = db.all<{ log: number; checkpointed: number }>('PRAGMA wal_checkpoint(NOOP)');
  return (said?.log ?? 0) - (said?.checkpointed ?? 0);
};
const urgeAll = () => urgeResponsibles(desk, { caseIds: ids, degree: 'yellow', postKinds: [], note: '请速办' }).queued;

test('an urging of hundreds is on the disk and answered before the log is folded into the file, which follows', () => {
  expect(waiting()).toBe(0);
  const before = readFileSync(file);
  expect(urgeAll()).toHaveLength(ids.length);
  expect(waiting()).toBeGreaterThan(1000);
  expect(readFileSync(file).equals(before)).toBe(true);
  const reader = openRead(file);
  expect(reader.column('SELECT count(*) FROM outbox')).toEqual([ids.length]);
  reader.close();
  settle();
  expect(waiting()).toBe(0);
});

test('a short log is left as it is, and a closed replica alone', () => {
  db.run('DELETE FROM calendar_day');
  urgeResponsibles(desk, { caseIds: ['case-0'], degree: 'yellow', postKinds: [], note: '' });
  const pages = waiting();
  settle();
  expect(waiting()).toBe(pages);
  urgeAll();
  db.close();
  expect(settle).not.toThrow();
  db = openReplica(file, { now: () => sampleInstant }).db;
});

test('a side file that has grown is written anew after the answer too', () => {
  const length = () => readFileSync(sideFileOf(file)).length;
  urgeAll();
  settle();
  let longest = 0;
  for (let round = 0; longest < 1_200_000; round += 1) {
    db.run('UPDATE outbox SET choked_at = :round', { round });
    expect(length()).toBeGreaterThan(longest);
    longest = length();
  }
  settle();
  expect(length()).toBeLessThan(longest / 2);
  db.close();
  const again = openReplica(file, { now: () => sampleInstant });
  expect(again.restored).toBe(0);
  db = again.db;
});
