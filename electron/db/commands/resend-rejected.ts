import type { CommandArgs, CommandResultOf } from '../../../shared/ipc/contract.ts';
import { dismiss } from '../outbox.ts';
import { rejectedCommand } from '../outbox-entries.ts';
import { type Desk, failureOfRefusal, giveCommand, operatorAt } from './give.ts';

/**
 * 保留我的: gives a refused command again as a new one (new id, now, on the case as it stands), in the name of who is signed in. The old one leaves the
 * tray in the same transaction and keeps the new one's id. Throws the refusal of the rules; the old one then stays where it is.
 */
export function resendRejected(
  desk: Desk,
  { commandId }: CommandArgs<'resendRejected'>,
): CommandResultOf<'resendRejected'> & { caseId: string } {
  const { db } = desk;
  return db.transaction(() => {
    const old = rejectedCommand(db, commandId);
    const id = desk.newId();
    const outcome = giveCommand(desk, operatorAt(db), { ...old, id });
    if (!outcome.ok) throw failureOfRefusal(outcome.reason);
    dismiss(db, [commandId], id);
    return { commandId: id, caseId: old.caseId };
  });
}
