import { Failure } from '../../../shared/errors.ts';
import type { CommandArgs, CommandResultOf } from '../../../shared/ipc/contract.ts';
import { noteOf } from '../../../shared/model/commands/conflict.ts';
import { beginsCase } from '../../../shared/model/commands/registry.ts';
import { ChangeList } from '../changed.ts';
import { removeBatch } from '../outbox.ts';
import { batchOf, laterOnMade } from '../outbox-entries.ts';
import { withoutOverlay } from '../server-rows.ts';
import { type Desk, operatorAt } from './give.ts';

/**
 * Takes back what was given together: its commands and what they showed are gone in one transaction, as if they had never been given; what was given
 * later stays, but for what was given on a case that goes with it. All or nothing. Throws Failure alreadyLeft when its time is over, or when it is another operator's.
 */
export function undo(desk: Desk, { batch }: CommandArgs<'undo'>): CommandResultOf<'undo'> {
  const { db } = desk;
  return db.transaction(() => {
    const commands = batchOf(db, batch, operatorAt(db).id, desk.now());
    if (commands.length === 0 || commands.some((command) => !command.held))
      throw new Failure('alreadyLeft', 'its time to be taken back is over', { detail: batch });
    const made = commands.filter(({ name }) => beginsCase(name)).map(({ caseId }) => caseId);
    const later = laterOnMade(db, batch, made);
    withoutOverlay(db, new Set(commands.map((command) => command.caseId)), new ChangeList(), () =>
      removeBatch(db, batch, made),
    );
    return {
      undone: [...commands, ...later].map(({ caseId, name, args }) => ({ caseId, name, note: noteOf(args), args })),
    };
  });
}
