import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { undoSeconds } from '../../shared/model/commands/definition.ts';
import { finishCall, startCall } from './commands/call-responsible.ts';
import type { Desk } from './commands/give.ts';
import { resendRejected } from './commands/resend-rejected.ts';
import { undo } from './commands/undo.ts';
import { urgeResponsibles } from './commands/urge-responsibles.ts';
import { rejected, sampleCall } from './desk.test-support.ts';
import { writeFact } from './meta.ts';
import { dismiss, nextToSend, outboxCounts, shownCommands } from './outbox.ts';
import { readUndoable } from './queries/undoable.ts';
import { recordResults } from './record-results.ts';
import { readRow } from './rows.ts';
import {
  feed,
  fill,
  line,
  memoryReplica,
  sampleCase,
  sampleInstant,
  sampleOperator,
  sampleRegister,
} from './sample.test-support.ts';
import type { WriteDb } from './statements.ts';

const cases = ['a', 'b', 'c'];

/** A replica with three cases and a call without its outcome, and a desk whose ids say at which step they were made. */
function county() {
  const db = memoryReplica();
  fill(db, [...sampleRegister(), ...cases.map((id) => line('case', sampleCase(id))), line('call', sampleCall)]);
  const at = { now: sampleInstant, step: 0, n: 0 };
  const newId = () => `cmd-${String(at.step).padStart(4, '0')}-${String(++at.n).padStart(4, '0')}`;
  const desk: Desk = { db, now: () => at.now, newId, workstation: 'ws' };
  return { db, desk, at };
}

/** Everything an operator or the loop could see, without the running number of the outbox. */
function everything(db: WriteDb): unknown {
  const of = (sql: string) => db.all(sql);
  return {
    cases: of('SELECT * FROM cases ORDER BY id'),
    events: of('SELECT * FROM case_event ORDER BY id'),
    calls: of('SELECT * FROM call ORDER BY id'),
    messages: of('SELECT * FROM message ORDER BY id'),
    bases: of('SELECT * FROM base_row ORDER BY tbl, id'),
    outbox: db.all<{ seq: number }>('SELECT * FROM outbox ORDER BY seq').map(({ seq: _, ...row }) => row),
  };
}

let db: WriteDb;
let desk: Desk;
let at: ReturnType<typeof county>['at'];
beforeEach(() => {
  ({ db, desk, at } = county());
});
const urgeTogether = (on = desk, ...ids: string[]) =>
  urgeResponsibles(on, { caseIds: ids, degree: 'orange', postKinds: [], note: '请速办' });
const batchOf = (answer: ReturnType<typeof urgeTogether>) => answer.queued[0]?.commandId ?? '';

describe('undo', () => {
  test('at any moment within its time, whatever was given before and came after, leaves everything as if it had never been given', () => {
    const kinds = ['urge', 'urgeMany', 'call', 'title', 'refuse'] as const;
    const step = fc.record({ kind: fc.constantFrom(...kinds), of: fc.constantFrom(...cases) });
    const steps = fc.array(step, { maxLength: 6 });
    const taken = fc.constantFrom('urgeMany', 'finishCall');
    fc.assert(
      fc.property(
        steps,
        taken,
        steps,
        fc.integer({ min: 0, max: undoSeconds * 1000 - 1 }),
        (before, what, after, ms) => {
          const worlds = [true, false].map((giving) => {
            const world = county();
            let rev = 1;
            const act = ({ kind, of }: { kind: (typeof kinds)[number]; of: string }) => {
              world.at.step += 1;
              world.at.n = 0;
              if (kind === 'urge') urgeTogether(world.desk, of);
              else if (kind === 'urgeMany') urgeTogether(world.desk, ...cases);
              else if (kind === 'call') startCall(world.desk, { caseId: of, personId: 'p-1' });
              else if (kind === 'title') {
                rev += 1;
                feed(world.db, rev - 1, rev, [line('case', sampleCase(of, { rev, title: `标题${rev}` }))]);
              } else {
                const waiting = shownCommands(world.db, of).find(
                  ({ id, state }) => state === 'pending' && !id.startsWith('cmd-9'),
                );
                if (waiting) recordResults(world.db, [rejected(waiting.id, 'caseClosed')]);
              }
            };
            before.forEach(act);
            if (giving) {
              world.at.step = 9000;
              world.at.n = 0;
              if (what === 'urgeMany') urgeTogether(world.desk, ...cases);
              else finishCall(world.desk, { caseId: 'a', callId: 'call-1', outcome: 'busy', note: '占线' });
            }
            world.at.step = before.length;
            after.forEach(act);
            if (giving) {
              world.at.now += ms;
              undo(world.desk, { batch: 'cmd-9000-0001' });
            }
            const seen = everything(world.db);
            world.db.close();
            return seen;
          });
          expect(worlds[0]).toEqual(worlds[1]);
        },
      ),
      { numRuns: 40 },
    );
  }, 30_000);

  test('of many is one undo for all, and gives the notes back', () => {
    const answer = urgeTogether(desk, ...cases);
    expect(answer.held).toBe(true);
    expect(readUndoable(db).batches).toMatchObject([
      { name: 'urgeResponsibles', cases: 3, code: 'orange', leavesAt: sampleInstant + 10_000 },
    ]);
    const { undone } = undo(desk, { batch: batchOf(answer) });
    expect(undone.map(({ caseId, note }) => [caseId, note])).toEqual(cases.map((id) => [id, '请速办']));
    expect(readUndoable(db).batches).toEqual([]);
    expect(outboxCounts(db).pending).toBe(0);
  });

  test('comes too late once the time is over, and is said so; nothing is taken back by halves', () => {
    const batch = batchOf(urgeTogether(desk, ...cases));
    at.now += 10_000;
    expect(() => undo(desk, { batch })).toThrow(expect.objectContaining({ kind: 'alreadyLeft' }));
    expect(outboxCounts(db).pending).toBe(3);
    expect(nextToSend(db, sampleOperator.id, [], 10, at.now)).toHaveLength(3);
  });

  test('of one urging or of a placed call there is none: they left at once', () => {
    const one = urgeTogether(desk, 'a');
    expect(one.held).toBe(false);
    startCall(desk, { caseId: 'b', personId: 'p-1' });
    for (const { id } of shownCommands(db, null))
      expect(() => undo(desk, { batch: id })).toThrow(expect.objectContaining({ kind: 'alreadyLeft' }));
    expect(nextToSend(db, sampleOperator.id, [], 10, at.now)).toHaveLength(2);
    expect(readUndoable(db).batches).toEqual([]);
  });

  test('of another operator’s work is refused', () => {
    const batch = batchOf(urgeTogether(desk, ...cases));
    writeFact(db, 'operator', { ...sampleOperator, id: 'op-2' });
    expect(() => undo(desk, { batch })).toThrow(expect.objectContaining({ kind: 'alreadyLeft' }));
    expect(readUndoable(db).batches).toEqual([]);
  });
});

describe('the order of leaving', () => {
  test('of one case is that of giving, whatever of it waits; other cases are not held up', () => {
    const given = fc.array(
      fc.record({ of: fc.constantFrom(...cases), together: fc.boolean(), after: fc.integer({ min: 0, max: 6000 }) }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(given, fc.integer({ min: 0, max: 25_000 }), (all, later) => {
        const world = county();
        const model: { id: string; caseId: string; leavesAt: number }[] = [];
        for (const { of, together, after } of all) {
          world.at.now += after;
          const ids = together ? [of, cases.find((id) => id !== of) ?? ''] : [of];
          for (const { caseId, commandId } of urgeTogether(world.desk, ...ids).queued)
            model.push({ id: commandId, caseId, leavesAt: together ? world.at.now + 10_000 : 0 });
        }
        const now = world.at.now + later;
        const waits = new Set<string>();
        const expected = model.filter(({ caseId, leavesAt }) => {
          if (leavesAt > now) waits.add(caseId);
          return !waits.has(caseId);
        });
        const next = nextToSend(world.db, sampleOperator.id, [], 100, now);
        expect(next.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
        world.db.close();
      }),
      { numRuns: 40 },
    );
  }, 30_000);
});

describe('a refused command given again', () => {
  const refusedCall = () => {
    const { commandId } = finishCall(desk, {
      caseId: 'a',
      callId: 'call-1',
      outcome: 'busy',
      note: '占线，约明早再打',
    });
    recordResults(db, [rejected(commandId, 'caseVoid')]);
    return commandId;
  };

  test('is a new command with the note that was typed, on the case as it stands; the old one keeps its record', () => {
    const old = refusedCall();
    feed(db, 1, 7, [line('case', sampleCase('a', { rev: 7 }))]);
    at.now += 60_000;
    const { commandId } = resendRejected(desk, { commandId: old });
    expect(commandId).not.toBe(old);
    expect(readRow(db, 'call', 'call-1')).toMatchObject({ outcome: 'busy', note: '占线，约明早再打' });
    at.now += 10_000;
    expect(nextToSend(db, sampleOperator.id, [], 10, at.now)).toMatchObject([
      { id: commandId, baseRev: 7, issuedAt: sampleInstant + 60_000, args: { note: '占线，约明早再打' } },
    ]);
    expect(outboxCounts(db).rejected).toBe(0);
    expect(db.all('SELECT state, resent_as, reason FROM outbox WHERE id = :old', { old })).toEqual([
      { state: 'dismissed', resent_as: commandId, reason: 'caseVoid' },
    ]);
  });

  test('that the rules refuse now stays in the tray with its note', () => {
    const old = refusedCall();
    feed(db, 1, 7, [line('call', { ...sampleCall, rev: 7, finishedAt: 9, outcome: 'answered' })]);
    expect(() => resendRejected(desk, { commandId: old })).toThrow(expect.objectContaining({ detail: 'callFinished' }));
    expect(outboxCounts(db)).toEqual({ pending: 0, choked: 0, rejected: 1 });
  });

  test('and taken back again stands in the tray as before', () => {
    const old = refusedCall();
    const before = everything(db);
    const { commandId } = resendRejected(desk, { commandId: old });
    undo(desk, { batch: commandId });
    expect(everything(db)).toEqual(before);
    expect(outboxCounts(db).rejected).toBe(1);
  });

  test('as an urging of others leaves the tray with it, whatever else is urged, and comes back when that is taken back', () => {
    const urge = (caseIds: string[], instead?: string) =>
      urgeResponsibles(desk, { caseIds, degree: 'red', postKinds: [], note: '', instead });
    const old = urge(['a']).queued[0]?.commandId ?? '';
    recordResults(db, [rejected(old, 'personUnknown')]);
    urge(['b']);
    expect(outboxCounts(db).rejected).toBe(1);
    expect(() => urge(['b'], 'cmd-unknown')).toThrow(expect.objectContaining({ detail: 'notInTray' }));
    const before = everything(db);
    const { queued } = urge(['b', 'a'], old);
    expect(outboxCounts(db).rejected).toBe(0);
    const [inB = '', inA = ''] = queued.map(({ commandId }) => commandId);
    expect(db.column('SELECT resent_as FROM outbox WHERE id = :old', { old })).toEqual([inA]);
    undo(desk, { batch: inB });
    expect(everything(db)).toEqual(before);
  });

  test('as an urging that the rules refuse too stays in the tray', () => {
    const old =
      urgeResponsibles(desk, { caseIds: ['a'], degree: 'red', postKinds: [], note: '' }).queued[0]?.commandId ?? '';
    recordResults(db, [rejected(old, 'personUnknown')]);
    feed(db, 1, 7, [line('case', sampleCase('a', { rev: 7, closedAt: 5 }))]);
    const again = { caseIds: ['a'], degree: 'red' as const, postKinds: [], note: '', instead: old };
    expect(urgeResponsibles(desk, again).refused).toHaveLength(1);
    expect(outboxCounts(db).rejected).toBe(1);
  });

  test('that was let go is no longer there to be given again', () => {
    const old = refusedCall();
    expect(dismiss(db, [old])).toBe(1);
    expect(() => resendRejected(desk, { commandId: old })).toThrow();
    expect(db.column('SELECT args FROM outbox WHERE id = :old', { old })[0]).toContain('约明早再打');
  });
});
