import type { CommandArgs, CommandResultOf } from '../../../shared/ipc/contract.ts';
import { undoOf } from '../../../shared/model/commands/registry.ts';
import { personsOf, readHolders } from '../queries/responsibles.ts';
import { readRow } from '../rows.ts';
import { type Desk, giveCommand, operatorAt } from './give.ts';

/**
 * 一键催办 of one or many: one command a case, all durable together before this returns. A case the rules refuse keeps none of the others back. Many are
 * taken back together.
 */
export function urgeResponsibles(desk: Desk, args: CommandArgs<'urge'>): CommandResultOf<'urge'> {
  const { db } = desk;
  const operator = operatorAt(db);
  return db.transaction(() => {
    const caseIds = new Set(args.caseIds);
    const answer: CommandResultOf<'urge'> = {
      queued: [],
      refused: [],
      held: undoOf('urgeResponsibles', caseIds.size) !== 'irrevocable',
    };
    let batchId: string | null = null;
    for (const caseId of caseIds) {
      const holders = readHolders(db, readRow(db, 'case', caseId)?.villageCode ?? null).filter(
        (holder) => args.postKinds.length === 0 || args.postKinds.includes(holder.postKind),
      );
      const recipientIds = personsOf(holders).map(({ person }) => person.id);
      const id = desk.newId();
      batchId ??= id;
      const command = {
        id,
        name: 'urgeResponsibles',
        args: { degree: args.degree, recipientIds, note: args.note },
        caseId,
      };
      const outcome = giveCommand(desk, operator, command, { id: batchId, cases: caseIds.size });
      if (outcome.ok) answer.queued.push({ caseId, commandId: id });
      else answer.refused.push({ caseId, reason: outcome.reason });
    }
    return answer;
  });
}
