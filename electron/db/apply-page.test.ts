import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SyncTable } from '../../shared/protocol/tables.ts';
import { syncTableNames } from '../../shared/protocol/tables.ts';
import { openRead, openWrite } from './connection.ts';
import { readFact } from './meta.ts';
import { queryHandlers } from './queries/handlers.ts';
import { placeOf, readRow, readRows, valuesOfRow } from './rows.ts';
import {
  feed,
  fill,
  gone,
  line,
  memoryReplica,
  sampleCase,
  sampleRegister,
  scratchFile,
} from './sample.test-support.ts';
import { hitsAsJson } from './search.ts';
import { type ServerLine, serverLine } from './server-rows.ts';
import type { WriteDb } from './statements.ts';

/** Everything of the server's in the replica, rows and search text. */
function contents(db: WriteDb): unknown {
  const tables = syncTableNames.map((table: SyncTable) => readRows(db, table, 'ORDER BY id'));
  const found = (JSON.parse(hitsAsJson(db, '纠纷')) as number[]).map((n) =>
    db.column('SELECT id FROM cases WHERE n = :n', { n }),
  );
  return [tables, found.sort(), readFact(db, 'cursor')];
}

describe('pages of changes', () => {
  test('the same changes give the same replica, however they are split into pages and however often a page comes', () => {
    const change = fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      remove: fc.boolean(),
      title: fc.constantFrom('水渠', '欠薪', '林地', '车祸'),
    });
    const history = fc.array(change, { minLength: 1, maxLength: 25 });
    const cuts = fc.array(fc.boolean(), { minLength: 25, maxLength: 25 });
    const repeats = fc.array(fc.nat(2), { minLength: 26, maxLength: 26 });
    fc.assert(
      fc.property(history, cuts, repeats, (changes, cut, repeat) => {
        const lines: ServerLine[] = changes.map(({ id, remove, title }, index) =>
          remove ? gone('case', id, index + 2) : line('case', sampleCase(id, { rev: index + 2, title })),
        );
        const whole = memoryReplica();
        fill(whole, sampleRegister());
        feed(whole, 1, lines.length + 1, lines);
        const split = memoryReplica();
        fill(split, sampleRegister());
        const pages: { from: number; to: number }[] = [];
        let from = 1;
        for (let rev = 2; rev <= lines.length + 1; rev += 1) {
          if (!cut[rev - 2] && rev <= lines.length) continue;
          pages.push({ from, to: rev });
          from = rev;
        }
        for (const [index, page] of pages.entries()) {
          const rows = lines.filter((one) => one.rev > page.from && one.rev <= page.to);
          feed(split, page.from, page.to, rows);
          for (let again = 0; again < (repeat[index] ?? 0); again += 1) {
            const older = pages[Math.max(0, index - again)] ?? page;
            const same = lines.filter((one) => one.rev > older.from && one.rev <= older.to);
            expect(feed(split, older.from, older.to, same).rows).toBe(0);
          }
        }
        expect(contents(split)).toEqual(contents(whole));
        whole.close();
        split.close();
      }),
      { numRuns: 30 },
    );
  }, 30_000);

  test('a page that would leave a gap is refused and changes nothing', () => {
    const db = openWrite(scratchFile());
    fill(db, sampleRegister());
    expect(() => feed(db, 5, 7, [line('case', sampleCase('a', { rev: 6 }))])).toThrow(/does not meet cursor/);
    expect(readRow(db, 'case', 'a')).toBeNull();
    expect(readFact(db, 'cursor')).toBe(1);
  });

  test('a page with one row that does not fit is not applied at all', () => {
    const db = openWrite(scratchFile());
    fill(db, sampleRegister());
    const good = line('case', sampleCase('a', { rev: 2 }));
    const fits = valuesOfRow('case', sampleCase('b', { rev: 2 }));
    const values = fits.map((value, place) => (place === placeOf('case', 'title') ? null : value));
    const bad = { ...good, id: 'b', values } as ServerLine;
    expect(() => feed(db, 1, 2, [good, bad])).toThrow();
    expect(readRow(db, 'case', 'a')).toBeNull();
    expect(readFact(db, 'cursor')).toBe(1);
  });

  test('a field that only a newer server knows survives', () => {
    const db = openWrite(scratchFile());
    fill(db, sampleRegister());
    feed(db, 1, 2, [serverLine({ t: 'row', table: 'case', data: { ...sampleCase('a', { rev: 2 }), colour: 'red' } })]);
    expect(readRow(db, 'case', 'a')).toMatchObject({ id: 'a', colour: 'red' });
    feed(db, 2, 3, [serverLine({ t: 'row', table: 'case', data: { ...sampleCase('a', { rev: 3 }), colour: 'blue' } })]);
    expect(readRow(db, 'case', 'a')).toMatchObject({ rev: 3, colour: 'blue' });
    feed(db, 3, 4, [serverLine({ t: 'row', table: 'case', data: sampleCase('a', { rev: 4 }) })]);
    expect(readRow(db, 'case', 'a')).toEqual(sampleCase('a', { rev: 4 }));
  });

  test('a row that is not of its table is answerMalformed and names no value', () => {
    const data = { ...sampleCase('a'), dueAt: '13800000001' };
    expect(() => serverLine({ t: 'row', table: 'case', data: data as never })).toThrow(
      expect.objectContaining({ kind: 'answerMalformed', message: expect.not.stringContaining('138') }),
    );
  });
});

test('a reader sees a page whole when it is committed', () => {
  const file = scratchFile();
  const db = openWrite(file);
  fill(db, sampleRegister());
  const reader = openRead(file);
  const handlers = queryHandlers(reader, (work) => work());
  expect(handlers.caseDetail({ caseId: 'a' })).toBeNull();
  feed(db, 1, 2, [line('case', sampleCase('a', { rev: 2 }))]);
  expect(handlers.caseDetail({ caseId: 'a' })).toMatchObject({ townName: '枫亭镇', villageName: '霞桥村' });
  reader.close();
  db.close();
});
