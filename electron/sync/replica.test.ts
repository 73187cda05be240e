import { describe, expect, test } from 'vitest';
import { Failure } from '../../shared/errors.ts';
import { accepted, rejected } from '../db/desk.test-support.ts';
import { readFact, writeFact } from '../db/meta.ts';
import { outboxCounts, shownCommands } from '../db/outbox.ts';
import { readConflicts } from '../db/queries/conflicts.ts';
import { rollupsHold } from '../db/rollups/build.ts';
import { readRow } from '../db/rows.ts';
import { sampleCase } from '../db/sample.test-support.ts';
import { begin, caseLine, db, drained, live, loop, server, status, timers, until, urge } from './loop.test-support.ts';

describe('the sync loop', () => {
  test('a first sync brings everything and stands live; a commit elsewhere arrives by its notice', async () => {
    begin();
    await live();
    expect(status).toMatchObject({ rev: 1, confirmedAt: 77, operator: { username: 'dispatcher' } });
    server.commit((rev) => [caseLine('a', rev, { title: '新的题目' })]);
    await until((one) => one.rev === 2);
    expect(readRow(db, 'case', 'a')?.title).toBe('新的题目');
  });

  test('a snapshot cut half-way goes on from its last mark', async () => {
    const whole = server.snapshotLines;
    server.snapshotLines = [...whole.slice(0, -2), { t: 'dance' } as never];
    let asked: unknown = null;
    const real = server.snapshot.bind(server);
    server.snapshot = (token, from) => {
      asked = from;
      const lines = real(token, from);
      return from === null ? cutAfterMark(lines) : lines;
    };
    begin();
    await until((one) => one.state === 'offline');
    expect(status.reason).toBe('answerCut');
    server.snapshotLines = whole;
    timers.turn(31_000);
    await live();
    expect(asked).toEqual({ at: 1, after: 'register' });
    expect(readRow(db, 'case', 'c')?.id).toBe('c');
  });

  test('with the server down from the first second a known operator works, and the queue goes out when it comes', async () => {
    begin();
    await live();
    await loop.stop();
    server.breakLine();
    begin(null);
    await until((one) => one.state === 'offline');
    expect(status).toMatchObject({ operator: { username: 'dispatcher' }, reason: 'serverUnreachable' });
    urge('a', 'b');
    expect(status.pending).toBe(2);
    server.up = true;
    timers.turn(31_000);
    await drained();
    expect(server.received.map((command) => command.caseId)).toEqual(['a', 'b']);
  });

  test('an answer lost after the commit brings no second effect', async () => {
    begin();
    await live();
    let lose = true;
    server.afterCommands = () => {
      if (!lose) return;
      lose = false;
      throw new Failure('answerCut', 'lost', { retry: true });
    };
    urge('a');
    await until((one) => one.state === 'offline');
    loop.syncNow();
    await drained();
    expect(server.received).toHaveLength(1);
    expect(server.batches).toHaveLength(2);
  });

  test('pulls go on while a command is refused or cannot be sent, and one poison command holds up no other case', async () => {
    begin();
    await live();
    let poison = '';
    server.onCommand = (command) => {
      if (command.id === poison) throw new Failure('internal', 'status 500', { detail: '500' });
      return server.accept(command);
    };
    poison = 'cmd-00000001';
    const ids = urge('a', 'b', 'c');
    expect(ids[0]).toBe(poison);
    await until((one) => one.pending === 1);
    expect(server.received.map((command) => command.caseId)).toEqual(['b', 'c']);
    server.commit((rev) => [caseLine('b', rev, { title: '别人的改动' })]);
    await until((one) => one.rev === server.rev);
    expect(readRow(db, 'case', 'b')?.title).toBe('别人的改动');
    expect(status).toMatchObject({ state: 'live', choked: 1, rejected: 0 });
    expect(readConflicts(db).choked).toMatchObject([{ id: ids[0], caseId: 'a', title: sampleCase('a').title }]);
    poison = '';
    timers.turn(61_000);
    await drained();
    expect(status.choked).toBe(0);
    expect(server.received).toHaveLength(3);
  });

  test('commands of one case arrive in the order they were given, also behind one that rests', async () => {
    begin();
    await live();
    let broken = true;
    server.onCommand = (command) => {
      if (broken && command.caseId === 'a') throw new Failure('internal', 'status 500');
      return server.accept(command);
    };
    const first = urge('a');
    const later = urge('a', 'b');
    await until((one) => one.pending === 2 && one.choked === 1);
    expect(readConflicts(db).choked).toMatchObject([{ caseId: 'a', behind: 1 }]);
    broken = false;
    timers.turn(61_000);
    await drained();
    expect(server.received.filter((one) => one.caseId === 'a').map((one) => one.id)).toEqual([...first, later[0]]);
  });

  test('a clock set back by hours leaves no case at rest for hours', async () => {
    begin();
    await live();
    let broken = true;
    server.onCommand = (command) => {
      if (broken && command.caseId === 'a') throw new Failure('internal', 'status 500');
      return server.accept(command);
    };
    urge('a');
    await until((one) => one.choked === 1);
    broken = false;
    timers.now -= 8 * 3_600_000;
    urge('b');
    await drained();
    expect(server.received.map((command) => command.caseId).sort()).toEqual(['a', 'b']);
  });

  test('a later command never overtakes one the server choked on, however long the answers of other cases take', async () => {
    begin();
    await live();
    server.breakLine();
    await until((one) => one.state === 'offline');
    const [poison = '', other = ''] = urge('a', 'b');
    const [later = ''] = urge('a');
    let broken = true;
    server.onCommand = (command) => {
      if (broken && command.id === poison) throw new Failure('internal', 'status 500');
      // Longer than the case rests.
      if (command.id === other) timers.now += 5000;
      return server.accept(command);
    };
    server.up = true;
    timers.turn(31_000);
    await until((one) => one.state === 'live' && one.pending === 2);
    broken = false;
    timers.turn(61_000);
    await drained();
    expect(server.received.map((command) => command.id)).toEqual([other, poison, later]);
  });

  test('a rejected command is shown with its reason and stops nothing else', async () => {
    begin();
    await live();
    server.onCommand = (command) => (command.caseId === 'a' ? rejected(command.id) : server.accept(command));
    urge('a', 'b');
    await until((one) => one.rejected === 1 && one.pending === 0);
    expect(shownCommands(db, null)).toMatchObject([{ caseId: 'a', state: 'rejected', reason: 'caseClosed' }]);
    expect(readRow(db, 'case', 'a')?.urgeCount).toBe(0);
    expect(server.received.map((command) => command.caseId)).toEqual(['b']);
  });

  test('a token that the server no longer takes is renewed without a word', async () => {
    begin();
    await live();
    server.validToken = 'token-1';
    urge('a');
    await drained();
    expect(server.received).toHaveLength(1);
    expect(status.state).toBe('live');
  });

  test('another data set is brought as a whole; every command is kept', async () => {
    begin();
    await live();
    server.onCommand = () => {
      throw new Failure('internal', 'status 500');
    };
    urge('a');
    server.breakLine();
    await until((one) => one.state === 'offline');
    server.epoch = 'epoch-2';
    server.rev = 1;
    server.revisions.clear();
    server.snapshotLines = server.snapshotLines.filter((line) => line.t !== 'row' || line.data.id !== 'c');
    server.onCommand = (command) => server.accept(command);
    server.up = true;
    timers.turn(61_000);
    await drained();
    expect(readFact(db, 'epoch')).toBe('epoch-2');
    expect(readRow(db, 'case', 'c')).toBeNull();
    expect(server.received.map((command) => command.caseId)).toEqual(['a']);
  });

  test('a server put back under its old name is noticed, also before what it had answered came by the feed', async () => {
    begin();
    await live();
    const changes = server.changes.bind(server);
    server.changes = () => {
      throw new Failure('serverUnreachable', 'cut', { retry: true });
    };
    const [id] = urge('a');
    await until((one) => one.state === 'offline' && one.pending === 0);
    server.breakLine();
    const again: string[] = [];
    server.onCommand = (command) => {
      again.push(command.id);
      return accepted(
        command.id,
        server.commit(() => []),
      );
    };
    server.rev = 1;
    server.revisions.clear();
    server.changes = changes;
    server.up = true;
    timers.turn(61_000);
    await drained();
    expect(again).toEqual([id]);
  });

  test('to a server that was restored behind a line that seemed to stand, nothing is given before the data are taken afresh, and all in its order', async () => {
    begin();
    await live();
    let cut: (error: Failure) => void = () => undefined;
    const changes = server.changes.bind(server);
    // A line that is half open: its pull hangs, others get through.
    server.changes = async function* () {
      await new Promise((_, reject) => {
        cut = reject;
      });
      yield* changes('', 0);
    };
    const [first] = urge('a');
    await until((one) => one.pending === 0);
    const received: string[] = [];
    server.epoch = 'epoch-2';
    server.rev = 1;
    server.revisions.clear();
    server.onCommand = (command) => {
      received.push(command.id);
      return accepted(
        command.id,
        server.commit(() => []),
      );
    };
    const [second] = urge('a');
    await until((one) => one.state === 'firstSync' || one.state === 'catchingUp');
    server.changes = changes;
    cut(new Failure('timeout', 'silence', { retry: true }));
    await until((one) => one.state === 'offline');
    timers.turn(31_000);
    await drained();
    expect(received).toEqual([first, second]);
  });

  test('a restore that is noticed while the disk is full is not forgotten until it can be written down', async () => {
    begin();
    await live();
    server.commit((rev) => [caseLine('a', rev, { title: '后来的题目' })]);
    await until((one) => one.rev === 2);
    server.breakLine();
    await until((one) => one.state === 'offline');
    server.rev = 1;
    server.revisions.clear();
    server.up = true;
    const run = db.run.bind(db);
    db.run = (sql, values) => {
      if (sql.startsWith('DELETE FROM meta')) throw new Failure('diskFull', 'full', { detail: 'SQLITE_FULL' });
      return run(sql, values);
    };
    timers.turn(31_000);
    await until((one) => one.state === 'blocked');
    // The server goes on and passes us.
    for (const id of ['b', 'c']) server.commit((rev) => [caseLine(id, rev)]);
    db.run = run;
    timers.turn(61_000);
    await until((one) => one.rev === 3);
    expect(readRow(db, 'case', 'a')?.title).toBe(sampleCase('a').title);
  });

  test('a disk that cannot be read for a while ends nothing', async () => {
    begin();
    await live();
    const get = db.get.bind(db);
    db.get = () => {
      throw new Failure('replicaDamaged', 'SQLITE_IOERR_READ');
    };
    for (let watches = 0; watches < 5; watches += 1) timers.turn(16_000);
    loop.syncNow();
    await until((one) => one.state === 'blocked');
    expect(status).toMatchObject({ reason: 'replicaDamaged', rev: 1 });
    db.get = get;
    timers.turn(61_000);
    await until((one) => one.state === 'live');
  });

  test('a page of rows that do not fit changes nothing and is tried again', async () => {
    begin();
    await live();
    const bad = server.commit((rev) => [caseLine('a', rev, { title: 7 as never })]);
    await until((one) => one.state === 'offline');
    expect(status).toMatchObject({ reason: 'answerMalformed', rev: 1 });
    server.revisions.set(bad, [caseLine('a', bad, { title: '改正' })]);
    timers.turn(31_000);
    await until((one) => one.rev === bad);
    expect(readRow(db, 'case', 'a')?.title).toBe('改正');
  });

  test('a quiet line is asked by the watchdog: a notice that never came is made good', async () => {
    begin();
    await live();
    server.rev += 1;
    server.revisions.set(server.rev, [caseLine('a', server.rev, { title: '没有通知' })]);
    timers.turn(15_001);
    timers.turn(15_001);
    await until((one) => one.rev === server.rev);
    expect(readRow(db, 'case', 'a')?.title).toBe('没有通知');
  });

  test('signed out, nothing is sent; work of one operator never goes out under another name', async () => {
    begin();
    await live();
    server.breakLine();
    await until((one) => one.state === 'offline');
    urge('a');
    await loop.signOut();
    expect(status).toMatchObject({ state: 'signedOut', operator: null });
    expect(outboxCounts(db).pending).toBe(1);
    server.up = true;
    timers.turn(61_000);
    expect(server.received).toHaveLength(0);
    await loop.signIn({ username: 'u', password: 'p' });
    await drained();
    expect(server.received).toHaveLength(1);
  });

  test('counts that another program made are made anew also without a server', async () => {
    writeFact(db, 'rollups', 'of another program');
    server.up = false;
    begin();
    for (let step = 0; step < 20 && !rollupsHold(db); step += 1) {
      timers.turn(50);
      await new Promise((done) => setImmediate(done));
    }
    expect(rollupsHold(db)).toBe(true);
    expect(status.state).not.toBe('live');
  });
});

async function* cutAfterMark<T extends { t: string }>(lines: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const line of lines) {
    yield line;
    if (line.t === 'mark') throw new Failure('answerCut', 'cut', { retry: true });
  }
}
