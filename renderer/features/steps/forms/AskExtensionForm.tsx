import { formatDateTime } from '../../../../shared/time/shanghai.ts';
import { useNow } from '../../../data/clock.ts';
import { useWords } from '../../../ui/use-words.ts';
import { DueField } from '../DueField.tsx';
import { latestDue, quickDues } from '../due-choices.ts';
import type { StepFormProps } from '../forms.ts';
import { NumberedChoices } from '../NumberedChoices.tsx';
import { ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import css from '../steps.module.css';
import { useStep } from '../use-step.ts';

/** 申请延期: a later due and why. The due stands until somebody approves; asked too late it is marked so, which is said before. */
export function AskExtensionForm(props: StepFormProps) {
  const t = useWords('steps');
  const now = useNow();
  const step = useStep(
    'askExtension',
    props,
    { newDueAt: null, reason: '' },
    {
      lacks: ({ newDueAt }) => (newDueAt === null ? t('extension.choose') : null),
    },
  );
  const one = props.detail?.case ?? null;
  const choices = quickDues(one, now);
  const { newDueAt } = step.filled;
  const days = props.detail?.work.rules.extensionDaysAtMost;
  return (
    <StepFrame step={step}>
      {one !== null && (
        <p className={css.state}>
          {t('extension.now', { due: formatDateTime(one.dueAt) })}
          {one.originalDueAt !== one.dueAt && t('extension.original', { due: formatDateTime(one.originalDueAt) })}
          {days !== undefined && t('extension.latest', { due: formatDateTime(latestDue(one, now, days)) })}
        </p>
      )}
      {one !== null && one.dueAt < now && (
        <p className={css.warn} data-testid="extension-late">
          {t('extension.late')}
        </p>
      )}
      <NumberedChoices
        label={t('extension.to')}
        values={choices.map(({ days: more }) => String(more))}
        text={(more) => t('extension.days', { days: more })}
        chosen={String(choices.find(({ at }) => at === newDueAt)?.days ?? '')}
        focus
        onChoose={(more) => step.write({ newDueAt: choices.find(({ days: n }) => String(n) === more)?.at ?? null })}
      />
      <ReasonField
        placeholder={t('extension.placeholder')}
        quiet
        value={step.filled.reason}
        onWrite={(reason) => step.write({ reason })}
        onConfirm={step.confirm}
      />
      <DueField
        label={t('extension.exact')}
        at={newDueAt}
        onWrite={(at) => step.write({ newDueAt: at })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
