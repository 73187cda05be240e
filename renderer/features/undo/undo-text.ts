import type { CommandResultOf } from '../../../shared/ipc/contract.ts';
import { undoSeconds } from '../../../shared/model/commands/definition.ts';
import type { Undoable } from '../../../shared/model/unsent-view.ts';
import { formatCount } from '../../ui/numbers.ts';
import type { TimeWords } from '../../ui/time.ts';

/** Whole seconds until it leaves, 1 at least; null when its time is over (also by a clock that was set back: the writer judges alike). */
export function secondsLeft(leavesAt: number, now: number): number | null {
  const ms = leavesAt - now;
  return ms <= 0 || ms > undoSeconds * 1000 ? null : Math.ceil(ms / 1000);
}

/** What was done and when it leaves. `seconds` null: in words that do not change from second to second. */
export function undoText({ name, cases, title, code }: Undoable, seconds: number | null, t: TimeWords): string {
  const leaves = seconds === null ? t('undo:leavesSoon') : t('undo:leaves', { seconds });
  const values = { n: formatCount(cases), title: title ?? '', leaves };
  switch (name) {
    case 'urgeResponsibles':
      return t('undo:urged', { ...values, degree: t(`codes:urgeDegree.${code ?? 'yellow'}`) });
    case 'finishCall':
      return t('undo:callFinished', { ...values, outcome: t(`codes:callOutcome.${code ?? 'unrecorded'}`) });
    default:
      return t(cases > 1 ? 'undo:givenMany' : 'undo:given', { ...values, command: t(`codes:command.${name}`) });
  }
}

/** Where the words typed for what was taken back are looked for when it is done again: an urging's belong to all its cases together. */
export function draftsOf(
  undone: readonly Pick<CommandResultOf<'undo'>['undone'][number], 'caseId' | 'name' | 'note'>[],
): { key: string; text: string }[] {
  const urged = undone.filter(({ name }) => name === 'urgeResponsibles');
  const drafts = undone
    .filter(({ name }) => name === 'finishCall')
    .map(({ caseId, note }) => ({ key: `call:${caseId}`, text: note }));
  const [first] = urged;
  if (first)
    drafts.push({
      key: `urge:${urged
        .map(({ caseId }) => caseId)
        .sort()
        .join()}`,
      text: first.note,
    });
  return drafts.filter(({ text }) => text !== '');
}
