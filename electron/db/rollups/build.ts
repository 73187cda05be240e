import { createHash } from 'node:crypto';
import { readFact, writeFact } from '../meta.ts';
import type { ReadDb, WriteDb } from '../statements.ts';
import { createLog, createTriggers, triggerNames } from './change-log.ts';
import { buildOrder, createSql, derivedSql, insertSql, type Rollup, rollups } from './tables.ts';
import { type CaseRow, Tally, tallySql } from './tally.ts';

/** Cases read in one step: some 0.3 s. */
const sliceSize = 65_536;
/** Of those, so many are in memory at once: few enough to be gone before the collector would move them. */
const atOnce = 2048;

/** What the rollups are made of: another dictionary or division makes another signature, and they are built anew. */
export const signature = createHash('sha256')
  .update(JSON.stringify([rollups.map((rollup) => [createSql(rollup), rollup]), tallySql, createLog, createTriggers()]))
  .digest('hex');

/** Whether the rollups stand for what the file holds. */
export function rollupsHold(db: ReadDb): boolean {
  return readFact(db, 'rollups') === signature;
}

/** A building under way. It lives in memory: in another process, or on another connection, it begins anew. */
interface Build {
  /** The fact `rollups` after its last step. What it says otherwise, because a step was rolled back or the rollups given up, ends the building. */
  mark: string;
  /** Cases up to here are in the tally. */
  from: number;
  /** Whether that is all of them. Those that come later stand in the log. */
  read: boolean;
  /** Rollups still to be written, and the rest of the rows of the first of them, once it is begun. */
  left: Rollup[];
  rows: Iterator<(string | number)[]> | null;
  tally: Tally;
}
const builds = new WeakMap<ReadDb, Build>();
let marks = 0;

function underWay(db: ReadDb): Build | null {
  const build = builds.get(db);
  return build && readFact(db, 'rollups') === build.mark ? build : null;
}

/** Steps until the rollups stand, about: rows are written many or few at a time. */
export function buildStepsLeft(db: ReadDb, size = sliceSize): number {
  if (rollupsHold(db)) return 0;
  const build = underWay(db);
  const unread = build?.read ? 0 : Math.max(1, newest(db) + 1 - (build?.from ?? 0));
  return Math.ceil(unread / size) + (build?.left ?? buildOrder).length;
}

/**
 * The next step of building the rollups, in one transaction of some tenths of a second: begins, reads a slice of the cases, or writes as many rows. Cases may
 * change between two steps: from the first on the log takes their changes down, and a slice leaves out of the log what it has read. The rollups stand,
 * and questions use them, with the last step (`rollupsHold`); a building that ends before leaves nothing that counts.
 */
export function buildStep(db: WriteDb, size = sliceSize): void {
  db.transaction(() => {
    const build = underWay(db) ?? begin(db);
    if (!build.read) readSlice(db, build, size);
    else writeRows(db, build, size);
    const done = build.left.length === 0;
    marks += 1;
    build.mark = done ? signature : `building ${marks}`;
    writeFact(db, 'rollups', build.mark);
    if (done) builds.delete(db);
  });
}

/** From here on changes are not followed and every question reads the cases themselves, until the rollups are built. For loading very many rows. */
export function suspendRollups(db: WriteDb): void {
  db.transaction(() => {
    for (const name of triggerNames) db.script(`DROP TRIGGER IF EXISTS ${name}`);
    writeFact(db, 'rollups', null);
    builds.delete(db);
  });
}

function begin(db: WriteDb): Build {
  suspendRollups(db);
  for (const name of db.column<string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'rollup_*'`))
    db.run(`DROP TABLE ${name}`);
  db.script(createLog);
  db.script(createTriggers());
  for (const rollup of buildOrder) db.script(createSql(rollup));
  const build: Build = {
    mark: '',
    from: 0,
    read: false,
    left: [...buildOrder],
    rows: null,
    tally: new Tally(buildOrder.filter(({ from }) => !from)),
  };
  builds.set(db, build);
  return build;
}

function readSlice(db: WriteDb, build: Build, size: number): void {
  const { from } = build;
  const to = from + size;
  for (let at = from; at < to; at += atOnce)
    for (const row of db.rows<CaseRow>(tallySql, { from: at, to: Math.min(to, at + atOnce) })) build.tally.add(row);
  build.from = to;
  build.read = to > newest(db);
  // After the last slice also what was said of cases that came beyond it and went again.
  if (build.read) db.run('DELETE FROM rollup_change WHERE case_n >= :from', { from });
  else db.run('DELETE FROM rollup_change WHERE case_n >= :from AND case_n < :to', { from, to });
}

/** Writes the next `size` rows, of one rollup after the other. */
function writeRows(db: WriteDb, build: Build, size: number): void {
  let room = size;
  for (let [rollup] = build.left; rollup && room > 0; [rollup] = build.left) {
    if (rollup.from) room -= db.run(derivedSql(rollup, rollup.from));
    else {
      build.rows ??= build.tally.rows(rollup);
      room -= db.runEach(insertSql(rollup), atMost(build.rows, room));
      if (room === 0) return;
      build.rows = null;
    }
    build.left.shift();
  }
}

function* atMost<T>(items: Iterator<T>, count: number): Generator<T> {
  for (let left = count; left > 0; left -= 1) {
    const next = items.next();
    if (next.done) return;
    yield next.value;
  }
}

function newest(db: ReadDb): number {
  return db.get<{ n: number | null }>('SELECT max(n) AS n FROM cases')?.n ?? 0;
}
