import type { CommandArgs, CommandResultOf } from '../../../shared/ipc/contract.ts';
import { caseOfSourceNo } from '../source-no.ts';
import { type Desk, giveCommand, operatorAt } from './give.ts';

/** 录入: makes the id of the case and gives the command that records it. A source's number that a case here has already is refused with that case. */
export function recordCase(desk: Desk, args: CommandArgs<'recordCase'>): CommandResultOf<'recordCase'> {
  const { db } = desk;
  const operator = operatorAt(db);
  return db.transaction(() => {
    const known = caseOfSourceNo(db, args.source, args.sourceNo ?? '');
    if (known) return { recorded: null, refused: { reason: 'sourceNoKnown', detail: known.no, caseId: known.id } };
    const caseId = desk.newId();
    const commandId = desk.newId();
    const outcome = giveCommand(desk, operator, { id: commandId, name: 'recordCase', args, caseId });
    if (outcome.ok) return { recorded: { caseId, commandId }, refused: null };
    return { recorded: null, refused: { reason: outcome.reason, detail: outcome.detail ?? null, caseId: null } };
  });
}
