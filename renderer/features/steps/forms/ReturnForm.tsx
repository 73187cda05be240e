import { formatDateTime } from '../../../../shared/time/shanghai.ts';
import { useWords } from '../../../ui/use-words.ts';
import type { StepFormProps } from '../forms.ts';
import { ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import css from '../steps.module.css';
import { useStep } from '../use-step.ts';

/** 退回提级: the case goes back to the level that sent it; whoever has it from the county holds it no longer. */
export function ReturnEscalationForm(props: StepFormProps) {
  const t = useWords('climb');
  const work = props.detail?.work;
  const open = work?.escalations.findLast(({ state }) => state === 'open');
  const assigned = open?.toLevel === 'county' && work?.assignments.some(({ state }) => state === 'open');
  const initial = { escalationId: '', note: '' };
  // What was typed about an earlier one does not send that one back again.
  const step = useStep('returnEscalation', props, initial, { fixed: () => ({ escalationId: open?.id ?? '' }) });
  return (
    <StepFrame step={step}>
      {open && (
        <dl className={css.asked}>
          <dt>{t('codes:command.escalateCase')}</dt>
          <dd>{t('sentBy', { name: open.by, at: formatDateTime(open.at) })}</dd>
          <dt>{t('return.way')}</dt>
          <dd>
            {t('return.fromTo', { from: t(`codes:level.${open.toLevel}`), to: t(`codes:level.${open.fromLevel}`) })}
          </dd>
          <dt>{t('return.reason')}</dt>
          <dd className={css.words}>{open.reason}</dd>
        </dl>
      )}
      {assigned && <p className={css.warn}>{t('return.endsAssignment')}</p>}
      <ReturnNote step={step} />
    </StepFrame>
  );
}

/** 退回交办: the assignee sends it back; it waits in the county inbox again. */
export function ReturnAssignmentForm(props: StepFormProps) {
  const t = useWords('climb');
  const open = props.detail?.work.assignments.find(({ state }) => state === 'open');
  const initial = { assignmentId: '', note: '' };
  const step = useStep('returnAssignment', props, initial, { fixed: () => ({ assignmentId: open?.id ?? '' }) });
  return (
    <StepFrame step={step}>
      {open && (
        <dl className={css.asked}>
          <dt>{t(`codes:assigneeKind.${open.kind}`)}</dt>
          <dd>{open.assigneeName}</dd>
          <dt>{t('codes:command.assignCase')}</dt>
          <dd>{t('sentBy', { name: open.by, at: formatDateTime(open.at) })}</dd>
          <dt>{t('assign.reason')}</dt>
          <dd className={css.words}>{open.reason}</dd>
        </dl>
      )}
      <p className={css.state}>{t('return.toInbox')}</p>
      <ReturnNote step={step} />
    </StepFrame>
  );
}

function ReturnNote({
  step,
}: {
  step: { filled: { note: string | null }; write(patch: { note: string }): void; confirm(): void };
}) {
  const t = useWords('climb');
  return (
    <ReasonField
      label={t('return.note')}
      placeholder={t('return.placeholder')}
      value={step.filled.note}
      onWrite={(note) => step.write({ note })}
      onConfirm={step.confirm}
    />
  );
}
