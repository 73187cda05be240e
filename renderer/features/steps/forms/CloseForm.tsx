import { useWords } from '../../../ui/use-words.ts';
import type { StepFormProps } from '../forms.ts';
import { noteLimit, ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import css from '../steps.module.css';
import { useStep } from '../use-step.ts';

/** 办结: closes the file. Whether the dispute is settled is another matter, and said where it is not. */
export function CloseForm(props: StepFormProps) {
  const t = useWords('steps');
  const step = useStep('closeCase', props, { note: '' });
  const { detail } = props;
  const open = detail?.work.extensions.some(({ state }) => state === 'asked') === true;
  const held = detail?.work.escalations.some(({ state }) => state === 'open') === true;
  return (
    <StepFrame step={step} confirmKey="Enter">
      {detail !== null && detail.case.resolvedAt === null && <p className={css.warn}>{t('closing.unresolved')}</p>}
      {(open || held) && <p className={css.warn}>{t('closing.ends')}</p>}
      <ReasonField
        label={t('note')}
        placeholder={t('closing.placeholder')}
        maxLength={noteLimit}
        quiet
        value={step.filled.note}
        onWrite={(note) => step.write({ note })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
