import type { Call } from '../../shared/model/call.ts';
import type { CommandResult } from '../../shared/protocol/commands.ts';
import type { Desk } from './commands/give.ts';
import { sampleInstant } from './sample.test-support.ts';
import type { WriteDb } from './statements.ts';

/** A desk that gives commands `cmd-00000001` and on, at the sample instant or by the clock given. */
export function sampleDesk(db: WriteDb, now: () => number = () => sampleInstant): Desk {
  let n = 0;
  return { db, now, newId: () => `cmd-${String(++n).padStart(8, '0')}`, workstation: 'ws' };
}

/** The server's answer to a command it took. */
export function accepted(id: string, rev: number, duplicate = false): CommandResult {
  return { id, status: 'accepted', duplicate, reason: null, detail: null, rev };
}

/** The server's answer to a command it refused. */
export function rejected(id: string, reason = 'caseClosed'): CommandResult {
  return { id, status: 'rejected', duplicate: false, reason, detail: null, rev: null };
}

/** A call of case `a` whose outcome is not on record. */
export const sampleCall: Call = {
  id: 'call-1',
  rev: 1,
  caseId: 'a',
  personId: 'p-1',
  operatorId: 'op-1',
  startedAt: 5,
  finishedAt: null,
  outcome: 'unrecorded',
  note: '',
};
