import { formatDateTime } from '../../../../shared/time/shanghai.ts';
import { useWords } from '../../../ui/use-words.ts';
import type { StepFormProps } from '../forms.ts';
import { NumberedChoices } from '../NumberedChoices.tsx';
import { ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import css from '../steps.module.css';
import { useStep } from '../use-step.ts';

/** 审批延期: what is asked, by whom and why; approved or rejected. A rejection says why. */
export function DecideExtensionForm(props: StepFormProps) {
  const t = useWords('steps');
  const asked = props.detail?.work.extensions.find(({ state }) => state === 'asked');
  const initial = { extensionId: '', approve: null, note: '' };
  const step = useStep('decideExtension', props, initial, {
    lacks: ({ approve, note }) => {
      if (approve === null) return t('decide.choose');
      return !approve && note?.trim() === '' ? t('decide.why') : null;
    },
    // What was typed about an earlier one does not decide that one again.
    fixed: () => ({ extensionId: asked?.id ?? '' }),
  });
  const { approve } = step.filled;
  return (
    <StepFrame
      step={step}
      confirmKey="Enter"
      {...(approve !== null && { confirm: t(approve ? 'decide.approve' : 'decide.reject') })}
    >
      {asked && (
        <dl className={css.asked}>
          <dt>{t('decide.asked')}</dt>
          <dd>
            {t('decide.by', { name: asked.askedBy, at: formatDateTime(asked.askedAt) })}
            {asked.late && <em className={css.late}>{t('decide.late')}</em>}
          </dd>
          <dt>{t('decide.due')}</dt>
          <dd>{t('decide.fromTo', { from: formatDateTime(asked.fromDueAt), to: formatDateTime(asked.newDueAt) })}</dd>
          <dt>{t('reason')}</dt>
          <dd className={css.words}>{asked.reason}</dd>
        </dl>
      )}
      <NumberedChoices
        label={t('decide.what')}
        values={['approve', 'reject']}
        text={(value) => t(`decide.${value}`)}
        chosen={approve === null ? null : approve ? 'approve' : 'reject'}
        onChoose={(value) => step.write({ approve: value === 'approve' })}
      />
      <ReasonField
        label={t('decide.note')}
        placeholder={t(approve === false ? 'decide.rejectPlaceholder' : 'decide.placeholder')}
        quiet
        value={step.filled.note}
        onWrite={(note) => step.write({ note })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
