import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { columnsOf, type SyncTable } from '../../shared/protocol/tables.ts';
import { ChangeList } from './changed.ts';
import { loadPacked, type PackedRows, unpacked } from './packed-rows.ts';
import { readRows } from './rows.ts';
import { memoryReplica, sampleCase, sampleInstant } from './sample.test-support.ts';
import { loadServerLines } from './server-rows.ts';
import type { WriteDb } from './statements.ts';

type Row = Record<string, unknown>;

function packed(table: SyncTable, rows: readonly Row[], columns = columnsOf(table).map(({ key }) => key)): PackedRows {
  const arrays = rows.map((row) => columns.map((key) => row[key] ?? null));
  const line = Buffer.from(JSON.stringify({ t: 'rows', table, columns, rows: arrays }));
  return { kind: 'packed', table, columns, line };
}

const asRow = (row: object) => row as Row;
const eventOf = (id: string, patch: Row = {}): Row => ({
  ...{
    id,
    rev: 1,
    caseId: 'a',
    kind: 'recorded',
    at: sampleInstant,
    actorId: null,
    actorName: null,
    facts: {},
    note: '',
  },
  ...patch,
});

/** A value that may be in any column's place; what JSON or SQLite could write in another way is among them. */
const oddValue = fc.oneof(
  fc.constantFrom(null, true, 0, 1, -1, 1.5, 2 ** 53, 9e18, '', '1', '{}', [], {}, [7]),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
);
const oddFacts = fc.dictionary(
  fc.string({ maxLength: 3 }),
  fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean()),
);
const goodEvent = fc.record({ note: fc.string({ unit: 'binary' }), facts: oddFacts, actorId: fc.option(fc.string()) });
const goodCase = fc.record({
  title: fc.string({ unit: 'binary' }),
  lng: fc.option(fc.double({ noNaN: true, min: -180, max: 180 })),
  highRisk: fc.boolean(),
  parties: fc.array(fc.record({ name: fc.string({ unit: 'binary' }), phone: fc.option(fc.string()) }), {
    maxLength: 2,
  }),
});

let db: WriteDb;
beforeEach(() => {
  db = memoryReplica();
});
afterEach(() => db.close());

/** What would stand in the file afterwards and how many rows were left to the other way; null: refused. Nothing stays. */
function loadedBy(way: 'packed' | 'read', rows: PackedRows): { left: number; rows: unknown } | null {
  const back = new Error('back');
  let found: { left: number; rows: unknown } | null = null;
  try {
    db.transaction(() => {
      const changed = new ChangeList();
      const left = way === 'packed' ? loadPacked(db, rows, new Set(), changed) : unpacked(rows);
      loadServerLines(db, left, changed);
      found = { left: left.length, rows: readRows(db, rows.table as SyncTable, 'ORDER BY id') };
      throw back;
    });
  } catch (error) {
    if (error !== back) expect(error).toMatchObject({ kind: 'answerMalformed' });
  }
  return found;
}

describe('rows that the database reads itself', () => {
  test('are the rows that reading each would have given, and none of them is left to that', () => {
    fc.assert(
      fc.property(fc.array(goodCase, { maxLength: 4 }), fc.array(goodEvent, { maxLength: 4 }), (cases, events) => {
        const lines = [
          packed(
            'case',
            cases.map((patch, index) => ({ ...asRow(sampleCase(`c${index}`)), ...patch })),
          ),
          packed(
            'caseEvent',
            events.map((patch, index) => eventOf(`e${index}`, patch)),
          ),
        ];
        for (const line of lines) {
          const way = loadedBy('packed', line);
          expect(way?.left).toBe(0);
          expect(way?.rows).toEqual(loadedBy('read', line)?.rows);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a value that is not of its column is refused as it is when each row is read', () => {
    const keys = columnsOf('case').map(({ key }) => key);
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...keys.filter((key) => key !== 'id')), oddValue, (key, value) => {
        // The square of such a point is no whole number: no replica can hold it.
        fc.pre((key !== 'lng' && key !== 'lat') || Math.abs(Number(value)) < 1e6);
        const line = packed('case', [asRow(sampleCase('a')), { ...asRow(sampleCase('b')), [key]: value }]);
        const read = loadedBy('read', line);
        const way = loadedBy('packed', line);
        if (read === null) refused += 1;
        const { kind } = columnsOf('case').find((column) => column.key === key) ?? {};
        // JSON's true is SQLite's 1, and a list in a text's place its text: see `plainCheckSql`.
        const forgiven = kind === 'boolean' ? [0, 1].includes(value as number) : typeof value === 'object';
        if (read !== null || !(forgiven || value === true)) expect(way?.rows).toEqual(read?.rows);
      }),
      { numRuns: 400 },
    );
    expect(refused).toBeGreaterThan(50);
  });

  test.each([
    ['a broken line', (line: string) => line.slice(0, -9)],
    ['a row too short', (line: string) => line.replace(/\[("e1".*?),""\]/, '[$1]')],
    ['no list of rows', (line: string) => line.replace(/"rows":\[.*\]/, '"rows":7')],
    ['what facts cannot be', (line: string) => line.replace('{}', '[[]]')],
  ])('%s is refused by name, and the rest of it is not in', (_, spoil) => {
    const good = packed('caseEvent', [eventOf('e1'), eventOf('e2')]);
    const text = spoil(Buffer.from(good.line).toString());
    expect(text).not.toBe(Buffer.from(good.line).toString());
    const spoiled = { ...good, line: Buffer.from(text) };
    expect(() => db.transaction(() => loadPacked(db, spoiled, new Set(), new ChangeList()))).toThrow(
      expect.objectContaining({ kind: 'answerMalformed' }),
    );
    expect(readRows(db, 'caseEvent', '')).toEqual([]);
  });

  test('rows of a case that an operator works on are left to whoever lifts what he did', () => {
    const rows = packed('caseEvent', [eventOf('e1'), eventOf('e2', { caseId: 'b' })]);
    const left = loadPacked(db, rows, new Set(['b']), new ChangeList());
    expect(left.map(({ id }) => id)).toEqual(['e1', 'e2']);
    expect(readRows(db, 'caseEvent', '').map(({ id }) => id)).toEqual(['e1']);
  });

  test('an older row does not replace a newer one; a column the program does not know is kept', () => {
    const changed = new ChangeList();
    loadPacked(db, packed('caseEvent', [eventOf('e1', { rev: 5, note: '新' })]), new Set(), changed);
    loadPacked(db, packed('caseEvent', [eventOf('e1', { rev: 4, note: '旧' })]), new Set(), changed);
    expect(changed.result()).toEqual({ rows: 1, tables: ['caseEvent'], caseIds: null });
    const columns = [...columnsOf('caseEvent').map(({ key }) => key), 'mood'];
    const newer = packed('caseEvent', [eventOf('e2', { mood: 'calm' })], columns);
    loadServerLines(db, loadPacked(db, newer, new Set(), changed), changed);
    expect(readRows(db, 'caseEvent', 'ORDER BY id')).toMatchObject([{ note: '新' }, { id: 'e2', mood: 'calm' }]);
  });
});
