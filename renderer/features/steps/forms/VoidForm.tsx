import { useWords } from '../../../ui/use-words.ts';
import type { StepFormProps } from '../forms.ts';
import { ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import { useStep } from '../use-step.ts';

/** 作废. */
export function VoidForm(props: StepFormProps) {
  const t = useWords('steps');
  const step = useStep('voidCase', props, { reason: '' });
  return (
    <StepFrame step={step} hint={t('void.hint')}>
      <ReasonField
        placeholder={t('void.placeholder')}
        value={step.filled.reason}
        onWrite={(reason) => step.write({ reason })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
