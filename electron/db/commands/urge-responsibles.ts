import type { CommandArgs, CommandResultOf } from '../../../shared/ipc/contract.ts';
import type { PostKind } from '../../../shared/model/codes.ts';
import { undoOf } from '../../../shared/model/commands/registry.ts';
import { dismiss } from '../outbox.ts';
import { rejectedCommand } from '../outbox-entries.ts';
import { personsOf, readHolders } from '../queries/responsibles.ts';
import { readRow } from '../rows.ts';
import type { ReadDb } from '../statements.ts';
import { type Desk, giveCommand, operatorAt } from './give.ts';

/**
 * 一键催办 of one or many: one command a case, all durable together before this returns. A case the rules refuse keeps none of the others back. Many are
 * taken back together. What a refused urging was given for again leaves the tray in the same transaction, once its case was urged. Throws Failure
 * badArguments when `instead` is not in the tray.
 */
export function urgeResponsibles(desk: Desk, args: CommandArgs<'urge'>): CommandResultOf<'urge'> {
  const { db } = desk;
  const operator = operatorAt(db);
  return db.transaction(() => {
    const caseIds = new Set(args.caseIds);
    const instead = args.instead === undefined ? null : rejectedCommand(db, args.instead);
    const recipientsIn = recipientsByVillage(db, args.postKinds);
    const answer: CommandResultOf<'urge'> = {
      queued: [],
      refused: [],
      held: undoOf('urgeResponsibles', caseIds.size) !== 'irrevocable',
    };
    let batchId: string | null = null;
    for (const caseId of caseIds) {
      const recipientIds = recipientsIn(readRow(db, 'case', caseId)?.villageCode ?? null);
      const id = desk.newId();
      batchId ??= id;
      const command = {
        id,
        name: 'urgeResponsibles',
        args: { degree: args.degree, recipientIds, note: args.note },
        caseId,
      };
      const outcome = giveCommand(desk, operator, command, { id: batchId, cases: caseIds.size });
      if (!outcome.ok) {
        answer.refused.push({ caseId, reason: outcome.reason });
        continue;
      }
      answer.queued.push({ caseId, commandId: id });
      if (caseId === instead?.caseId) dismiss(db, [instead.id], id);
    }
    return answer;
  });
}

/** Ids of who answers for a village; each village is looked up once. */
function recipientsByVillage(db: ReadDb, postKinds: readonly PostKind[]): (villageCode: string | null) => string[] {
  const known = new Map<string | null, string[]>();
  return (villageCode) => {
    let ids = known.get(villageCode);
    if (!ids) {
      const holders = readHolders(db, villageCode).filter(
        (holder) => postKinds.length === 0 || postKinds.includes(holder.postKind),
      );
      ids = personsOf(holders).map(({ person }) => person.id);
      known.set(villageCode, ids);
    }
    return ids;
  };
}
