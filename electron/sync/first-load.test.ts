import { beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../shared/errors.ts';
import { type SnapshotLine, snapshotLineSchema } from '../../shared/protocol/feed.ts';
import { columnsOf, type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import { openRead, openWrite } from '../db/connection.ts';
import { readFact } from '../db/meta.ts';
import { rollupsHold } from '../db/rollups/build.ts';
import { readRows, rowOfValues } from '../db/rows.ts';
import { sampleCase, sampleInstant, sampleRegister, scratchFile } from '../db/sample.test-support.ts';
import { termsOfPart } from '../db/search/ahead.ts';
import { readZones } from '../db/search/zones.ts';
import { findCases } from '../db/search.ts';
import type { WriteDb } from '../db/statements.ts';
import { parsePackedLines } from './ndjson.ts';
import { ScriptedServer } from './scripted-transport.test-support.ts';
import { sampleSession } from './session.test-support.ts';
import { takeSnapshot } from './snapshot.ts';
import type { TermsMaker } from './terms-ahead.ts';
import type { PackedLine } from './transport.ts';

/** A county that says it is large, so that it is loaded as one; by position and packed, as the server's answer is read. */
class LargeCounty extends ScriptedServer {
  asked: ({ at: number; after: string } | null)[] = [];
  rowsToCome = 1_000_000;
  /** The mark behind which the answer breaks off. */
  cutBehind: string | null = null;
  override async *snapshot(
    token: string,
    from: { at: number; after: string } | null,
  ): AsyncGenerator<SnapshotLine | PackedLine> {
    this.asked.push(from);
    for await (const line of super.snapshot(token, from)) {
      yield* asRead(line.t === 'begin' ? { ...line, counts: { case: this.rowsToCome } } : line);
      if (line.t === 'mark' && line.after === this.cutBehind) throw new Failure('answerCut', 'cut', { retry: true });
    }
  }
}

function asRead(line: SnapshotLine | PackedLine): AsyncGenerator<SnapshotLine | PackedLine> {
  async function* sent(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${JSON.stringify(line)}\n`);
  }
  return parsePackedLines(sent(), snapshotLineSchema);
}

function rowsLine(table: SyncTable, rows: readonly object[]): SnapshotLine {
  const columns = columnsOf(table).map((column) => column.key);
  return { t: 'rows', table, columns, rows: rows.map((row) => columns.map((key) => row[key as keyof typeof row])) };
}

const casesOf = (ids: readonly string[]) => ids.map((id) => sampleCase(id, { title: `枫亭镇${id}水渠` }));
const eventOf = (caseId: string) => ({
  id: `${caseId}:0`,
  rev: 1,
  caseId,
  kind: 'recorded',
  at: sampleInstant,
  actorId: null,
  actorName: null,
  facts: {},
  note: '',
});

function countyLines(ids: readonly string[]): SnapshotLine[] {
  const register = sampleRegister().flatMap((line): SnapshotLine[] =>
    line.kind === 'row' ? [{ t: 'row', table: line.table, data: rowOfValues(line.table, line.values) }] : [],
  );
  const batches = ids.flatMap((id): SnapshotLine[] => [
    rowsLine('case', casesOf([id])),
    { t: 'mark', after: `case:${id}` },
  ]);
  return [
    ...register,
    { t: 'mark', after: 'register' },
    ...batches,
    rowsLine('caseEvent', ids.map(eventOf)),
    { t: 'mark', after: 'events' },
  ];
}

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
let server: LargeCounty;
beforeEach(() => {
  server = new LargeCounty();
  server.snapshotLines = countyLines(ids);
});

function snapshotInto(db: WriteDb, steps: string[] = [], startMaker: (() => TermsMaker) | null = null): Promise<void> {
  const session = sampleSession(server);
  const watcher = { progress: ({ step }: { step: string }) => void steps.push(step), changed: () => undefined };
  return takeSnapshot(db, server, session, watcher, new AbortController().signal, startMaker);
}

const madeOf = (db: WriteDb, type: 'index' | 'trigger') =>
  db.all('SELECT name, sql FROM sqlite_schema WHERE type = :type AND sql IS NOT NULL ORDER BY name', { type });
const indexesOf = (db: WriteDb) => madeOf(db, 'index');

/** Everything that a load has to bring, but for the order of its numbers. */
function contents(db: WriteDb): unknown {
  return {
    rows: syncTableNames.map((table) => readRows(db, table, 'ORDER BY id')),
    found: [...(findCases(db, '水渠')?.candidates.values() ?? [])]
      .map((n) => db.get<{ id: string }>('SELECT id FROM cases WHERE n = :n', { n })?.id)
      .sort(),
    indexes: indexesOf(db),
    triggers: madeOf(db, 'trigger'),
    rollups: [rollupsHold(db), db.all('SELECT * FROM rollup_village_kind')],
    facts: [readFact(db, 'cursor'), readFact(db, 'epoch'), readFact(db, 'snapshot'), readFact(db, 'load')],
  };
}

async function ordinary(): Promise<unknown> {
  const db = openWrite(scratchFile());
  const rows = server.rowsToCome;
  server.rowsToCome = ids.length;
  await snapshotInto(db);
  server.rowsToCome = rows;
  const found = contents(db);
  db.close();
  return found;
}

/** Search lists made on another connection, as the thread of the app does. `before` runs once each part was begun. */
function makerOn(file: string, made: number[], before: () => void = () => undefined): () => TermsMaker {
  return () => {
    const db = openRead(file);
    return {
      make: async (part) => {
        const terms = termsOfPart(db, part);
        await new Promise((turn) => setImmediate(turn));
        before();
        made.push(part);
        return terms;
      },
      close: () => db.close(),
    };
  };
}

describe('search lists that a thread makes during the first load', () => {
  test('are those that the writer makes itself', async () => {
    const file = scratchFile();
    const db = openWrite(file);
    const made: number[] = [];
    await snapshotInto(db, [], makerOn(file, made));
    expect(made).toEqual([0]);
    expect(contents(db)).toEqual(await ordinary());
    db.close();
  });

  test('do not hide what was changed while they were made', async () => {
    const file = scratchFile();
    const db = openWrite(file);
    const change = () => void db.run(`UPDATE cases SET title = '枫亭镇泵站', due_at = 9e12 WHERE id = 'c'`);
    await snapshotInto(db, [], makerOn(file, [], change));
    const ofC = db.get<{ n: number }>(`SELECT n FROM cases WHERE id = 'c'`)?.n as number;
    expect([...(findCases(db, '泵站')?.candidates.values() ?? [])]).toEqual([ofC]);
    expect([...(findCases(db, '水渠')?.candidates.values() ?? [])]).not.toContain(ofC);
    expect(readZones(db)[0]?.[4]).toBe(9e12);
    db.close();
  });

  test('the writer makes itself when the thread ends', async () => {
    const db = openWrite(scratchFile());
    let asked = 0;
    await snapshotInto(db, [], () => ({
      make: async () => {
        asked += 1;
        throw new Error('the thread has ended');
      },
      close: () => undefined,
    }));
    expect(asked).toBe(1);
    expect(contents(db)).toEqual(await ordinary());
    db.close();
  });

  test('a writer killed at any of its writes goes on from there', async () => {
    const expected = await ordinary();
    let reached = 0;
    for (let steps = 5; ; steps += 2) {
      const file = scratchFile();
      const mortal = openWrite(file);
      const survived = await killedAfter(mortal, steps, () => snapshotInto(mortal, [], makerOn(file, [])));
      mortal.close();
      if (survived) break;
      reached = steps;
      const db = openWrite(file);
      if (readFact(db, 'cursor') === null) await snapshotInto(db);
      expect(contents(db), `killed after ${steps} commits`).toEqual(expected);
      db.close();
    }
    expect(reached).toBeGreaterThan(12);
  });
});

describe('the first load of a large county', () => {
  test('ends with the rows, the search and the indexes of a replica that was filled the ordinary way', async () => {
    const db = openWrite(scratchFile());
    const fresh = indexesOf(db);
    const steps: string[] = [];
    await snapshotInto(db, steps);
    expect(contents(db)).toEqual(await ordinary());
    expect(indexesOf(db)).toEqual(fresh);
    expect(contents(db)).toMatchObject({ found: ids, facts: [1, 'epoch-1', null, null] });
    expect(steps).toContain('ordering');
    db.close();
  });

  test('puts off all indexes of the large tables but those of the open cases, which are there from the first row on', async () => {
    const db = openWrite(scratchFile());
    await cutBehind('case:c', db);
    const open = db.planOf('SELECT n FROM cases WHERE closed_at IS NULL ORDER BY due_at');
    expect(open.join()).toContain('cases_open');
    expect(
      db.column(`SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = 'cases'`),
    ).toEqual([1]);
    expect(readRows(db, 'case', '')).toHaveLength(3);
    db.close();
  });

  test('killed at any of its writes, it goes on from there: the rows before the last mark do not come again', async () => {
    const expected = await ordinary();
    let reached = 0;
    for (let steps = 1; ; steps += 1) {
      const file = scratchFile();
      const mortal = openWrite(file);
      const survived = await killedAfter(mortal, steps, () => snapshotInto(mortal));
      mortal.close();
      if (survived) break;
      reached = steps;
      const db = openWrite(file);
      const place = readFact(db, 'snapshot');
      const whole = readFact(db, 'cursor') !== null;
      const rowsAreIn = typeof readFact(db, 'load')?.cursor === 'number';
      server.asked = [];
      if (!whole) await snapshotInto(db);
      expect(contents(db), `killed after ${steps} commits`).toEqual(expected);
      expect(server.asked, `killed after ${steps} commits`).toEqual(
        whole || rowsAreIn ? [] : [place?.after ? { at: 1, after: place.after } : null],
      );
      db.close();
    }
    // Beginning, parts, end of the rows, each index, the search, the end.
    expect(reached).toBeGreaterThan(12);
  });

  test('a load that another data set overtakes ends with that one’s rows only, and with every index', async () => {
    const db = openWrite(scratchFile());
    const fresh = indexesOf(db);
    await cutBehind('case:c', db);
    server.epoch = 'epoch-2';
    server.snapshotLines = countyLines(['b', 'x']);
    await expect(snapshotInto(db)).rejects.toMatchObject({ kind: 'answerCut' });
    await snapshotInto(db);
    expect(readRows(db, 'case', 'ORDER BY id').map((row) => row.id)).toEqual(['b', 'x']);
    expect(contents(db)).toMatchObject({ found: ['b', 'x'], facts: [1, 'epoch-2', null, null] });
    expect(indexesOf(db)).toEqual(fresh);
    db.close();
  });

  test('a filled replica is resynchronised the ordinary way: its indexes and its search stay', async () => {
    const db = openWrite(scratchFile());
    await snapshotInto(db);
    const fresh = indexesOf(db);
    server.epoch = 'epoch-2';
    await cutBehind('case:c', db);
    expect(readFact(db, 'load')).toBeNull();
    expect(indexesOf(db)).toEqual(fresh);
    expect(contents(db)).toMatchObject({ found: ids });
    db.close();
  });
});

async function cutBehind(mark: string, db: WriteDb): Promise<void> {
  server.cutBehind = mark;
  await expect(snapshotInto(db)).rejects.toMatchObject({ kind: 'answerCut' });
  server.cutBehind = null;
}

/** Runs `work` until it has committed `commits` times; then the process is no more. Answers whether the work ended before. */
async function killedAfter(db: WriteDb, commits: number, work: () => Promise<void>): Promise<boolean> {
  const killed = new Error('killed');
  const transaction = db.transaction.bind(db);
  let left = commits;
  let depth = 0;
  db.transaction = <T>(body: () => T): T => {
    if (depth > 0) return body();
    if (left === 0) throw killed;
    depth += 1;
    try {
      const done = transaction(body);
      left -= 1;
      return done;
    } finally {
      depth -= 1;
    }
  };
  try {
    await work();
    return true;
  } catch (error) {
    if (error !== killed) throw error;
    return false;
  }
}
