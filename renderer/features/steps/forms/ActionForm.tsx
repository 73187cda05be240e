import { useWords } from '../../../ui/use-words.ts';
import type { StepFormProps } from '../forms.ts';
import { noteLimit, ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import { useStep } from '../use-step.ts';

/** 处置: what was done, in words. */
export function ActionForm(props: StepFormProps) {
  const t = useWords('steps');
  const step = useStep('recordAction', props, { note: '' });
  return (
    <StepFrame step={step}>
      <ReasonField
        label={t('action.note')}
        placeholder={t('action.placeholder')}
        maxLength={noteLimit}
        value={step.filled.note}
        onWrite={(note) => step.write({ note })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
