import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Case } from '../../shared/model/case.ts';
import { beginSnapshot, endSnapshot } from './apply-snapshot.ts';
import { finishCall, startCall } from './commands/call-responsible.ts';
import type { Desk } from './commands/give.ts';
import { undo } from './commands/undo.ts';
import { urgeResponsibles } from './commands/urge-responsibles.ts';
import { openWrite } from './connection.ts';
import { accepted, rejected, sampleCall, sampleDesk } from './desk.test-support.ts';
import { nextRange, replicaDigest } from './digest.ts';
import { dismiss, nextToSend, outboxCounts, shownCommands } from './outbox.ts';
import { recordResults } from './record-results.ts';
import { insertRow, readRow, readRows } from './rows.ts';
import {
  feed,
  fill,
  line,
  memoryReplica,
  sampleCase,
  sampleInstant,
  sampleOperator,
  sampleRegister,
  scratchFile,
} from './sample.test-support.ts';
import type { WriteDb } from './statements.ts';

let db: WriteDb;
let desk: Desk;

beforeEach(() => {
  db = openWrite(scratchFile());
  desk = sampleDesk(db);
  fill(db, [...sampleRegister(), line('case', sampleCase('a')), line('case', sampleCase('b'))]);
});

const urge = (...caseIds: string[]) =>
  urgeResponsibles(desk, { caseIds, degree: 'orange', postKinds: [], note: '请速办' });
const shown = (id: string) => readRow(db, 'case', id) as Case;

describe('pending commands over server rows', () => {
  test('an urging and its taking back write only the columns of a case that they change', () => {
    const written: unknown[] = [];
    db.define('note_written', (column) => written.push(column));
    for (const column of ['title', 'recorded_at', 'source', 'parties', 'urge_count'])
      db.run(
        `CREATE TEMP TRIGGER written_${column} AFTER UPDATE OF ${column} ON main.cases BEGIN SELECT note_written('${column}'); END`,
      );
    const before = [shown('a'), shown('b')];
    urge('a', 'b');
    expect(written).toEqual(['urge_count', 'urge_count']);
    undo(desk, { batch: 'cmd-00000001' });
    expect(written).toEqual(Array.from({ length: 4 }, () => 'urge_count'));
    expect([shown('a'), shown('b')]).toEqual(before);
  });

  test('lines that a program of before kept one by one are taken off as well', () => {
    const id = urge('a').queued[0]?.commandId ?? '';
    const messages = readRows(db, 'message', '').map((row) => row.id);
    expect(messages).toHaveLength(3);
    db.run(`DELETE FROM base_row WHERE tbl = 'ownLines'`);
    const keep = (tbl: string, of: string) =>
      db.run(`INSERT INTO base_row (tbl, id, case_id, "row") VALUES (?, ?, 'a', NULL)`, [tbl, of]);
    for (const of of messages) keep('message', of);
    keep('caseEvent', `${id}:0`);
    undo(desk, { batch: urge('a', 'b').queued[0]?.commandId ?? '' });
    expect(readRows(db, 'message', '').map((row) => row.id)).toEqual(messages);
    recordResults(db, [rejected(id, 'caseClosed')]);
    expect(shown('a')).toEqual(sampleCase('a'));
    expect([...readRows(db, 'message', ''), ...readRows(db, 'caseEvent', '')]).toEqual([]);
  });

  test('its lines are none of the server’s, and one of them that stays where no command lies is one too many', () => {
    const before = replicaDigest(db);
    const id = urge('a').queued[0]?.commandId ?? '';
    expect(replicaDigest(db)).toEqual(before);
    const [orphan] = readRows(db, 'message', '');
    recordResults(db, [rejected(id, 'caseClosed')]);
    expect(replicaDigest(db)).toEqual(before);
    if (orphan) insertRow(db, 'message', orphan);
    expect(replicaDigest(db).message?.rows).toBe(1);
    expect(nextRange(db, { table: 'message', from: '', to: null }, 'revisions').rows).toHaveLength(1);
  });

  test('a pending command survives any order of server rows', () => {
    const steps = fc.array(fc.constantFrom('title', 'risk', 'person', 'other'), { maxLength: 8 });
    fc.assert(
      fc.property(steps, (given) => {
        const own = memoryReplica();
        fill(own, [...sampleRegister(), line('case', sampleCase('a')), line('case', sampleCase('b'))]);
        let n = 0;
        const at: Desk = { ...desk, db: own, newId: () => `x-${++n}` };
        urgeResponsibles(at, { caseIds: ['a'], degree: 'red', postKinds: [], note: '' });
        let server = sampleCase('a');
        given.forEach((kind, index) => {
          const rev = index + 2;
          if (kind === 'title') server = { ...server, rev, title: `标题${rev}` };
          if (kind === 'risk') server = { ...server, rev, highRisk: !server.highRisk };
          const row =
            kind === 'person'
              ? line('person', { id: 'p-9', rev, name: '新', phone: null, title: '', townCode: null, synthetic: true })
              : line('case', kind === 'other' ? sampleCase('b', { rev }) : server);
          feed(own, rev - 1, rev, [row]);
        });
        const now = readRow(own, 'case', 'a') as Case;
        expect(now).toEqual({
          ...server,
          urgeCount: 1,
          lastUrgedAt: sampleInstant,
          lastUrgeDegree: 'red',
          updatedAt: sampleInstant,
        });
        expect(readRows(own, 'message', 'WHERE case_id = :c', { c: 'a' })).toHaveLength(3);
        expect(outboxCounts(own)).toEqual({ pending: 1, choked: 0, rejected: 0 });
        own.close();
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  test('an accepted command stays shown until its effect comes by the feed, and is then the server rows alone', () => {
    const [first] = urge('a').queued;
    const id = first?.commandId ?? '';
    recordResults(db, [accepted(id, 5)]);
    expect(shown('a').urgeCount).toBe(1);
    expect(outboxCounts(db)).toEqual({ pending: 0, choked: 0, rejected: 0 });
    const confirmed = sampleCase('a', { rev: 5, urgeCount: 7 });
    feed(db, 1, 5, [line('case', confirmed)]);
    expect(shown('a')).toEqual(confirmed);
    expect(readRows(db, 'message', '')).toEqual([]);
    expect(db.get('SELECT count(*) AS n FROM base_row')).toEqual({ n: 0 });
  });

  test('the effect may come before the answer: nothing is counted twice once both are there', () => {
    const id = urge('a').queued[0]?.commandId ?? '';
    const confirmed = sampleCase('a', { rev: 5, urgeCount: 1 });
    feed(db, 1, 5, [line('case', confirmed)]);
    recordResults(db, [accepted(id, 5, true)]);
    recordResults(db, [accepted(id, 5, true)]);
    expect(shown('a')).toEqual(confirmed);
    expect(shownCommands(db, null)).toEqual([]);
  });

  test('a rejected command leaves the case, stays in the tray with its reason, and stops nothing else', () => {
    const { queued } = urge('a', 'b');
    startCall(desk, { caseId: 'a', personId: null });
    const before = shown('b');
    recordResults(db, [rejected(queued[0]?.commandId ?? '', 'caseClosed')]);
    expect(shown('a')).toMatchObject({ urgeCount: 0, callCount: 1 });
    expect(shown('b')).toEqual(before);
    expect(outboxCounts(db)).toEqual({ pending: 2, choked: 0, rejected: 1 });
    expect(shownCommands(db, 'a')[0]).toMatchObject({ state: 'rejected', reason: 'caseClosed' });
    expect(nextToSend(db, sampleOperator.id, [], 10, desk.now() + 10_000).map((one) => one.caseId)).toEqual(['b', 'a']);
    expect(dismiss(db, [queued[0]?.commandId ?? ''])).toBe(1);
    expect(outboxCounts(db).rejected).toBe(0);
  });

  test('a call finished over a confirmed call gives the confirmed one back when it is refused', () => {
    feed(db, 1, 2, [line('call', { ...sampleCall, rev: 2 })]);
    const { commandId } = finishCall(desk, { caseId: 'a', callId: 'call-1', outcome: 'busy', note: '占线' });
    expect(readRow(db, 'call', 'call-1')).toMatchObject({ outcome: 'busy' });
    recordResults(db, [rejected(commandId, 'callFinished')]);
    expect(readRow(db, 'call', 'call-1')).toEqual({ ...sampleCall, rev: 2 });
  });

  test('pending work does not show in the digest', () => {
    const before = replicaDigest(db);
    urge('a', 'b');
    startCall(desk, { caseId: 'a', personId: 'p-1' });
    expect(replicaDigest(db)).toEqual(before);
  });

  test('a resync to another data set keeps every command and sends again what the old one had accepted', () => {
    const { queued } = urge('a', 'b');
    recordResults(db, [accepted(queued[0]?.commandId ?? '', 9)]);
    beginSnapshot(db, { epoch: 'epoch-2', at: 1, total: 1 });
    expect(shown('b').urgeCount).toBe(1);
    endSnapshot(db, [...sampleRegister(), line('case', sampleCase('a', { title: '恢复后的标题' }))], 1);
    expect(nextToSend(db, sampleOperator.id, [], 10, desk.now() + 10_000).map((one) => one.caseId)).toEqual(['a', 'b']);
    expect(shown('a')).toMatchObject({ title: '恢复后的标题', urgeCount: 1 });
    expect(readRow(db, 'case', 'b')).toBeNull();
  });
});

describe('giving commands', () => {
  test('one refused case keeps none of the others back', () => {
    feed(db, 1, 2, [line('case', sampleCase('b', { rev: 2, closedAt: 5 }))]);
    const answer = urge('a', 'b', 'nope');
    expect(answer.queued.map((one) => one.caseId)).toEqual(['a']);
    expect(answer.refused).toEqual([
      { caseId: 'b', reason: 'caseClosed' },
      { caseId: 'nope', reason: 'caseUnknown' },
    ]);
  });

  test('a call without a named person goes to the first responsible with a usable number', () => {
    expect(startCall(desk, { caseId: 'a', personId: null })).toMatchObject({
      personId: 'p-1',
      uri: 'tel:+8613800000011',
    });
    expect(startCall(desk, { caseId: 'a', personId: 'p-2' }).uri).toBeNull();
    expect(readRows(db, 'call', '')).toHaveLength(2);
  });

  test('nobody signed in: the command is refused and nothing is queued', () => {
    db.run(`DELETE FROM meta WHERE key = 'operator'`);
    expect(() => urge('a')).toThrow(expect.objectContaining({ kind: 'notSignedIn' }));
    expect(outboxCounts(db).pending).toBe(0);
  });
});
