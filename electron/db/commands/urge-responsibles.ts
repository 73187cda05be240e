import type { CommandArgs, CommandResultOf } from '../../../shared/ipc/contract.ts';
import type { PostKind } from '../../../shared/model/codes.ts';
import { undoOf } from '../../../shared/model/commands/registry.ts';
import type { Person } from '../../../shared/model/register.ts';
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
      const found = readRow(db, 'case', caseId);
      const persons = recipientsIn(found?.villageCode ?? null);
      const id = desk.newId();
      batchId ??= id;
      const command = {
        id,
        name: 'urgeResponsibles',
        args: { degree: args.degree, recipientIds: [...persons.keys()], note: args.note },
        caseId,
      };
      const outcome = giveCommand(
        desk,
        operator,
        command,
        { id: batchId, cases: caseIds.size },
        { case: found, persons },
      );
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

/** Who answers for a village, by id; each village is looked up once. */
function recipientsByVillage(
  db: ReadDb,
  postKinds: readonly PostKind[],
): (villageCode: string | null) => ReadonlyMap<string, Person> {
  const known = new Map<string | null, ReadonlyMap<string, Person>>();
  return (villageCode) => {
    let persons = known.get(villageCode);
    if (!persons) {
      const holders = readHolders(db, villageCode).filter(
        (holder) => postKinds.length === 0 || postKinds.includes(holder.postKind),
      );
      persons = new Map(personsOf(holders).map(({ person }) => [person.id, person]));
      known.set(villageCode, persons);
    }
    return persons;
  };
}
