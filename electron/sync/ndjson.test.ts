import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeLineSchema, snapshotLineSchema } from '../../shared/protocol/feed.ts';
import { Backoff } from './backoff.ts';
import { parseLines, parsePackedLines } from './ndjson.ts';

async function* chunksOf(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    yield bytes.subarray(from, cut);
    from = Math.max(from, cut);
  }
  yield bytes.subarray(from);
}

async function read(text: string, cuts: readonly number[] = []): Promise<unknown[]> {
  const lines: unknown[] = [];
  const bytes = new TextEncoder().encode(text);
  for await (const line of parseLines(chunksOf(bytes, cuts), changeLineSchema)) lines.push(line);
  return lines;
}

const good = [
  { t: 'row', table: 'town', data: { id: 'a', rev: 2, name: '枫亭镇' } },
  { t: 'gone', table: 'case', id: 'b', rev: 3 },
  { t: 'commit', rev: 3 },
  { t: 'end', cursor: 3, more: false, serverTime: 1 },
];
const text = good.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('lines from the server', () => {
  test('lines are read alike however the line cuts their bytes', async () => {
    const length = new TextEncoder().encode(text).length;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(length), { maxLength: 12 }), async (cuts) => {
        expect(await read(text, cuts)).toEqual(good);
      }),
    );
  });

  test.each([
    ['not JSON', '{"t":"row",\n', 'answerMalformed'],
    ['of no protocol', '{"t":"dance"}\n', 'answerMalformed'],
    ['of a row without an id', '{"t":"row","table":"case","data":{"rev":1}}\n', 'answerMalformed'],
    ['cut in its middle', '{"t":"commit","rev":3}\n{"t":"en', 'answerCut'],
  ])('a line that is %s is refused by name', async (_, body, kind) => {
    await expect(read(body)).rejects.toMatchObject({ kind });
  });

  test('bytes that are not UTF-8 are refused by name', async () => {
    const chunks = chunksOf(new Uint8Array([0x7b, 0xff, 0xfe, 0x0a]), []);
    await expect(parseLines(chunks, changeLineSchema).next()).rejects.toMatchObject({ kind: 'answerMalformed' });
  });
});

describe('lines of rows for a first load', () => {
  const rows = {
    t: 'rows',
    table: 'town',
    columns: ['id', 'name'],
    rows: [
      ['a', '枫亭镇'],
      ['b', ',"rows":['],
    ],
  };
  const lines = [rows, { t: 'mark', after: 'town:b' }];
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  const readPacked = async (text: string | Uint8Array, cuts: readonly number[] = []) => {
    const found: unknown[] = [];
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
    for await (const line of parsePackedLines(chunksOf(bytes, cuts), snapshotLineSchema))
      found.push(
        'line' in line && line.line instanceof Uint8Array
          ? { ...line, line: JSON.parse(new TextDecoder().decode(line.line)) }
          : line,
      );
    return found;
  };

  test('keep their bytes, however the line cuts them; table and columns are known', async () => {
    const expected = [{ t: 'packed', table: 'town', columns: ['id', 'name'], line: rows }, lines[1]];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(body.length), { maxLength: 12 }), async (cuts) => {
        expect(await readPacked(body, cuts)).toEqual(expected);
      }),
    );
  });

  test('written in another order they are read at once', async () => {
    const { t, table, columns, rows: values } = rows;
    const other = { t, table, rows: values, columns };
    expect(await readPacked(`${JSON.stringify(other)}\n`)).toEqual([other]);
  });

  test('that are not UTF-8, or cut, are refused by name', async () => {
    const bytes = new TextEncoder().encode(body);
    const spoiled = bytes.map((byte) => (byte > 0xe0 ? 0xff : byte));
    await expect(readPacked(spoiled)).rejects.toMatchObject({ kind: 'answerMalformed' });
    await expect(readPacked(bytes.subarray(0, 80))).rejects.toMatchObject({ kind: 'answerCut' });
  });
});

test('waits grow to 30 s, are spread over the whole span, and start over after a success', () => {
  const highest = new Backoff(() => 0.999999);
  const waits = Array.from({ length: 12 }, () => highest.next());
  expect(waits[0]).toBeLessThanOrEqual(1000);
  expect(Math.max(...waits)).toBe(30_000);
  expect([...waits].sort((a, b) => a - b)).toEqual(waits);
  expect(new Backoff(() => 0).next()).toBeGreaterThan(0);
  highest.reset();
  expect(highest.next()).toBeLessThanOrEqual(1000);
});
