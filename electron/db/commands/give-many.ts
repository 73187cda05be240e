import type { CommandArgs, CommandResultOf } from '../../../shared/ipc/contract.ts';
import { undoOf } from '../../../shared/model/commands/registry.ts';
import { type Desk, giveCommand, operatorAt } from './give.ts';

/** One step on one case or many: one command a case, all durable together before this returns, and taken back together. */
export function giveMany(desk: Desk, { caseIds, name, args }: CommandArgs<'give'>): CommandResultOf<'give'> {
  const operator = operatorAt(desk.db);
  return desk.db.transaction(() => {
    const cases = new Set(caseIds);
    const answer: CommandResultOf<'give'> = {
      given: [],
      held: undoOf(name, cases.size) !== 'irrevocable',
      refused: [],
    };
    let batchId: string | null = null;
    for (const caseId of cases) {
      const id = desk.newId();
      batchId ??= id;
      const outcome = giveCommand(desk, operator, { id, name, args, caseId }, { id: batchId, cases: cases.size });
      if (outcome.ok) answer.given.push({ caseId, commandId: id });
      else answer.refused.push({ caseId, reason: outcome.reason, detail: outcome.detail ?? null });
    }
    return answer;
  });
}
