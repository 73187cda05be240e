import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWrite } from '../db/connection.ts';
import { writeFact } from '../db/meta.ts';
import { rollupsHold } from '../db/rollups/build.ts';
import { countBy } from '../db/rollups/count-by.ts';
import { fill, line, sampleCase, sampleFilter, scratchFile } from '../db/sample.test-support.ts';
import { partsLeft } from '../db/search/keep.ts';
import type { WriteDb } from '../db/statements.ts';
import { Tender } from './tender.ts';

/** More than are counted while a file is opened. */
const many = 20_500;

/** A replica of many cases as a program with other counts and other search terms left it. */
function outdated(): WriteDb {
  const file = scratchFile();
  const db = openWrite(file);
  fill(db, [line('case', sampleCase('c0'))]);
  const columns = db.column<string>(
    `SELECT name FROM pragma_table_info('cases') WHERE name NOT IN ('n', 'id', 'village_code')`,
  );
  db.run(
    `WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < ${many})
     INSERT INTO cases (id, village_code, ${columns.join(', ')})
       SELECT 'c' || i, 'v' || i % 7, ${columns.join(', ')} FROM cases, numbers WHERE id = 'c0'`,
  );
  writeFact(db, 'rollups', 'of another program');
  db.run(`UPDATE search_state SET signature = 'of another program', upto = ${many}`);
  db.close();
  return openWrite(file);
}

let db: WriteDb;
let pauses: (() => void)[];
let tender: Tender;
const failures: unknown[] = [];
beforeEach(() => {
  db = outdated();
  pauses = [];
  failures.length = 0;
  const timers = {
    after: (_: number, call: () => void) => {
      pauses.push(call);
      return () => undefined;
    },
  };
  tender = new Tender(db, timers, (error) => failures.push(error));
});
afterEach(async () => {
  await tender.end();
  db.close();
});

const turn = () => new Promise((done) => setImmediate(done));
const goOn = () => {
  for (const wake of pauses.splice(0)) wake();
  return turn();
};
const counted = () =>
  [...countBy(db, sampleFilter, 'village')].map(([key, { recorded }]) => `${key}: ${recorded}`).sort();
const there = () =>
  db.column<string>(`SELECT village_code || ': ' || count(*) FROM cases GROUP BY village_code`).sort();

describe('a replica of many cases whose counts another program made', () => {
  test('opens without making them: they are counted case by case until steps between everything else have made them', async () => {
    expect(rollupsHold(db)).toBe(false);
    tender.wake();
    await turn();
    expect(rollupsHold(db)).toBe(false);
    // What is changed between two steps counts at once and afterwards.
    db.run(`UPDATE cases SET village_code = 'elsewhere' WHERE id = 'c5'`);
    expect(counted()).toEqual(there());
    while (pauses.length > 0) await goOn();
    expect(rollupsHold(db)).toBe(true);
    expect(partsLeft(db)).toBe(0);
    expect(counted()).toEqual(there());
    expect(there()).toContain('elsewhere: 1');
    expect(failures).toEqual([]);
  });

  test('nothing is made while a snapshot is under way, nor after the end', async () => {
    writeFact(db, 'snapshot', { epoch: 'e', at: 1, after: null, done: 0, total: many, replaces: true });
    tender.wake();
    await turn();
    await goOn();
    expect(partsLeft(db)).toBeGreaterThan(0);
    writeFact(db, 'snapshot', null);
    tender.wake();
    await turn();
    await tender.end();
    tender.wake();
    await turn();
    expect(rollupsHold(db)).toBe(false);
  });
});
