import { Failure } from '../../../shared/errors.ts';
import type { Case } from '../../../shared/model/case.ts';
import { undoOf } from '../../../shared/model/commands/registry.ts';
import type { Outcome, RefusalReason } from '../../../shared/model/effects.ts';
import type { Operator } from '../../../shared/protocol/auth.ts';
import { readOperator } from '../meta.ts';
import { enqueue } from '../outbox.ts';
import { layCommand, type Seen } from '../rebase.ts';
import { readRow } from '../rows.ts';
import type { ReadDb, WriteDb } from '../statements.ts';

/** What a command needs from its surroundings. */
export interface Desk {
  db: WriteDb;
  /** The server's present instant, ms. */
  now(): number;
  /** A fresh ULID. */
  newId(): string;
  workstation: string;
}

/** The signed-in operator. Throws Failure notSignedIn. */
export function operatorAt(db: ReadDb): Operator {
  const operator = readOperator(db);
  if (!operator) throw new Failure('notSignedIn', 'nobody is signed in');
  return operator;
}

export function caseAt(db: ReadDb, caseId: string): Case {
  const found = readRow(db, 'case', caseId);
  if (!found) throw new Failure('unknownCase', 'no such case here', { detail: caseId });
  return found;
}

/** What is given, and taken back, together: an id for all and to how many cases at once. */
export interface Batch {
  id: string;
  cases: number;
}

/**
 * Gives a command: its outbox row and what it changes on the screen in one transaction. When this returns it is on the disk. A refusal by the rules
 * queues nothing. What can be taken back leaves only when its time for that is over.
 */
export function giveCommand(
  desk: Desk,
  operator: Operator,
  command: { id: string; name: string; args: unknown; caseId: string },
  batch: Batch = { id: command.id, cases: 1 },
  seen?: Seen,
): Outcome {
  const { db } = desk;
  return db.transaction(() => {
    const given = { ...command, issuedAt: desk.now(), operator };
    const outcome = layCommand(db, given, seen);
    if (!outcome.ok) return outcome;
    const undo = undoOf(command.name, batch.cases);
    enqueue(db, {
      ...given,
      workstation: desk.workstation,
      baseRev: outcome.effects.case.rev,
      batch: batch.id,
      leavesAt: undo === 'irrevocable' ? null : given.issuedAt + undo.seconds * 1000,
    });
    return outcome;
  });
}

/** A refusal as the failure an operator sees; `detail` is the reason's code. */
export function failureOfRefusal(reason: RefusalReason): Failure {
  if (reason === 'caseUnknown') return new Failure('unknownCase', reason, { detail: reason });
  if (reason === 'notPermitted') return new Failure('notPermitted', reason, { detail: reason });
  return new Failure('badArguments', reason, { detail: reason });
}
