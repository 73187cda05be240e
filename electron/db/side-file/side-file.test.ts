import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRecords, encodeRecord, lastStates, type SideRecord } from './record.ts';
import { SideFile } from './side-file.ts';

const texts = fc.string({ unit: 'binary', maxLength: 40 });
const rows: fc.Arbitrary<SideRecord> = fc
  .record({ n: fc.nat(20), state: fc.constantFrom('pending', 'accepted', 'rejected', 'dismissed'), args: texts })
  .map(({ n, state, args }) => ({ t: 'row', row: { id: `cmd-${n}`, state, args, seq: n } }) as const);
const sequences = fc.array(
  fc.oneof(
    rows,
    fc.nat(20).map((n): SideRecord => ({ t: 'gone', id: `cmd-${n}` })),
  ),
  { minLength: 1, maxLength: 12 },
);
const bytesOf = (records: readonly SideRecord[]) => Buffer.from(records.map(encodeRecord).join(''));
const written = (records: readonly SideRecord[]) => records.map((record) => JSON.stringify(record));

test('whatever was written is read again, in order', () => {
  fc.assert(
    fc.property(sequences, (records) => {
      expect(decodeRecords(bytesOf(records))).toEqual({ records, damaged: 0 });
    }),
  );
});

test('cut at any byte, every record that was whole before the cut is there and nothing else', () => {
  fc.assert(
    fc.property(sequences, (records) => {
      const bytes = bytesOf(records);
      const ends = records.map((_, index) => bytesOf(records.slice(0, index + 1)).length);
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        // A record is whole without the newline after it: its checksum says so.
        const whole = ends.filter((end) => end - 1 <= cut).length;
        expect(written(decodeRecords(bytes.subarray(0, cut)).records)).toEqual(written(records.slice(0, whole)));
      }
    }),
    { numRuns: 20 },
  );
});

test('a flipped byte costs at most the record it lies in, and nothing is invented', () => {
  fc.assert(
    fc.property(sequences, fc.nat(), fc.integer({ min: 1, max: 255 }), (records, where, flip) => {
      const bytes = bytesOf(records);
      const at = where % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ flip;
      const read = written(decodeRecords(bytes).records);
      const all = written(records);
      expect(read.length).toBeGreaterThanOrEqual(all.length - 1);
      const missing = all.findIndex((one, index) => read[index] !== one);
      const without = missing === -1 || read.length === all.length ? all : all.toSpliced(missing, 1);
      expect(read).toEqual(without);
    }),
    { numRuns: 2000 },
  );
});

test('a zeroed or overwritten stretch costs only the records it touches', () => {
  fc.assert(
    fc.property(sequences, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 200 }), (records, where, noise) => {
      const bytes = bytesOf(records);
      const at = where % bytes.length;
      const length = Math.min(noise.length, bytes.length - at);
      bytes.set(noise.subarray(0, length), at);
      let end = 0;
      const untouched = records.filter((record) => {
        const start = end;
        end += encodeRecord(record).length === 0 ? 0 : Buffer.byteLength(encodeRecord(record));
        return end <= at || start >= at + length;
      });
      const read = written(decodeRecords(bytes).records);
      const all = written(records);
      for (const one of written(untouched)) expect(read).toContain(one);
      for (const one of read) expect(all).toContain(one);
    }),
    { numRuns: 500 },
  );
});

test('the last record of a command counts, and commands keep the order in which they were given', () => {
  const row = (id: string, state: 'pending' | 'rejected'): SideRecord => ({ t: 'row', row: { id, state } });
  const records = [row('b', 'pending'), row('a', 'pending'), row('b', 'rejected'), { t: 'gone', id: 'a' } as const];
  expect([...lastStates(records)]).toEqual([
    ['b', { id: 'b', state: 'rejected' }],
    ['a', null],
  ]);
});

const pending = (id: string): SideRecord => ({ t: 'row', row: { id, state: 'pending' } });
const scratch = () => join(mkdtempSync(join(tmpdir(), 'side-')), 'replica.db.outbox.log');

test('an append can be taken back whole; only its owner reads the file; a new one takes its place at once', () => {
  const path = scratch();
  const side = new SideFile(path);
  expect(side.read()).toBeNull();
  side.rewrite([{ t: 'head', version: 10 }, pending('a')]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const before = readFileSync(path);
  side.append([JSON.stringify(pending('b'))]);
  side.takeBack();
  expect(readFileSync(path)).toEqual(before);
  side.append([JSON.stringify(pending('b'))]);
  side.keep();
  side.takeBack();
  expect(side.read()?.records).toHaveLength(3);
});

test('what another process wrote anew is added to, not the file it replaced', () => {
  const path = scratch();
  const [mine, theirs] = [new SideFile(path), new SideFile(path)];
  mine.rewrite([]);
  mine.append([JSON.stringify(pending('a'))]);
  theirs.rewrite([pending('a')]);
  expect(mine.present()).toBe(true);
  mine.append([JSON.stringify(pending('b'))]);
  expect(mine.read()?.records).toEqual([pending('a'), pending('b')]);
  rmSync(path);
  expect(mine.present()).toBe(false);
});

test('after a torn record the next one is read', () => {
  const path = scratch();
  const side = new SideFile(path);
  side.rewrite([pending('a'), pending('b')]);
  side.close();
  writeFileSync(path, readFileSync(path).subarray(0, -9));
  side.append([JSON.stringify(pending('c'))]);
  expect(side.read()).toMatchObject({ records: [pending('a'), pending('c')], damaged: 1 });
});
