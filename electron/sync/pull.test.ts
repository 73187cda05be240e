import { beforeEach, describe, expect, test } from 'vitest';
import { Failure } from '../../shared/errors.ts';
import type { ChangeLine } from '../../shared/protocol/feed.ts';
import { readFact } from '../db/meta.ts';
import { readRow } from '../db/rows.ts';
import { fill, memoryReplica, sampleCase, sampleRegister } from '../db/sample.test-support.ts';
import type { WriteDb } from '../db/statements.ts';
import { pullPages } from './pull.ts';
import { ScriptedServer } from './scripted-transport.test-support.ts';
import { sampleSession } from './session.test-support.ts';

/** Answers of the feed, one after another. */
class PagedServer extends ScriptedServer {
  readonly asked: number[] = [];
  answers: (readonly ChangeLine[] | Failure)[][] = [];
  override async *changes(_token: string, cursor: number): AsyncGenerator<ChangeLine> {
    this.asked.push(cursor);
    for (const part of this.answers.shift() ?? []) {
      if (part instanceof Failure) throw part;
      yield* part;
    }
  }
}

const row = (id: string, rev: number) => ({ t: 'row', table: 'case', data: sampleCase(id, { rev }) }) as const;
const end = (cursor: number, more: boolean) => ({ t: 'end', cursor, more, serverTime: cursor }) as const;
const cut = new Failure('answerCut', 'cut', { retry: true });

let db: WriteDb;
let server: PagedServer;
beforeEach(() => {
  db = memoryReplica();
  fill(db, sampleRegister());
  server = new PagedServer();
});

function pull(cursors: (number | null)[] = []): Promise<boolean> {
  const session = sampleSession(server);
  return pullPages(db, server, session, new AbortController().signal, () => cursors.push(readFact(db, 'cursor')));
}

describe('pages of the feed', () => {
  test('an answer may hold several pages, each applied with its own cursor, and more answers follow while there is more', async () => {
    server.answers = [[[row('a', 2), end(2, true), row('b', 3), end(3, true)]], [[row('c', 4), end(4, false)]]];
    const cursors: (number | null)[] = [];
    expect(await pull(cursors)).toBe(true);
    expect(cursors).toEqual([2, 3, 4]);
    expect(server.asked).toEqual([1, 3]);
    for (const id of ['a', 'b', 'c']) expect(readRow(db, 'case', id)).not.toBeNull();
  });

  test('of an answer that is cut in a later page the pages before stand, and the next try goes on behind them', async () => {
    server.answers = [[[row('a', 2), end(2, true), row('b', 3)], cut], [[row('b', 3), end(3, false)]]];
    await expect(pull()).rejects.toBe(cut);
    expect(readFact(db, 'cursor')).toBe(2);
    expect(readRow(db, 'case', 'b')).toBeNull();
    expect(await pull()).toBe(true);
    expect(server.asked).toEqual([1, 2]);
    expect(readRow(db, 'case', 'b')).not.toBeNull();
  });

  test('an answer that ends within a page, though its lines are whole, is a cut one', async () => {
    server.answers = [[[row('a', 2), end(2, true), row('b', 3)]], []];
    await expect(pull()).rejects.toMatchObject({ kind: 'answerCut' });
    await expect(pull()).rejects.toMatchObject({ kind: 'answerCut' });
    expect(readFact(db, 'cursor')).toBe(2);
  });

  test('a row that belongs to a page before or behind its own is refused with its whole page', async () => {
    server.answers = [[[row('a', 2), end(2, true), row('b', 2), row('c', 3), end(3, false)]]];
    await expect(pull()).rejects.toMatchObject({ kind: 'answerMalformed' });
    expect(readFact(db, 'cursor')).toBe(2);
    expect(readRow(db, 'case', 'c')).toBeNull();
  });
});
