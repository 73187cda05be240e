import { type Level, levelSchema } from '../../../../shared/model/codes.ts';
import { useWords } from '../../../ui/use-words.ts';
import type { StepFormProps } from '../forms.ts';
import { NumberedChoices } from '../NumberedChoices.tsx';
import { noteLimit, ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import { useStep } from '../use-step.ts';

/** 化解: at which level the dispute was settled. The case's own level is offered: the highest it has reached. */
export function ResolveForm(props: StepFormProps) {
  const t = useWords('steps');
  const step = useStep('resolveCase', props, { level: props.detail?.case.level ?? 'village', note: '' });
  return (
    <StepFrame step={step} confirmKey="Enter">
      <NumberedChoices<Level>
        label={t('resolve.level')}
        values={levelSchema.options}
        text={(level) => t(`codes:level.${level}`)}
        chosen={step.filled.level}
        onChoose={(level) => step.write({ level })}
      />
      <ReasonField
        label={t('note')}
        placeholder={t('resolve.placeholder')}
        maxLength={noteLimit}
        quiet
        value={step.filled.note}
        onWrite={(note) => step.write({ note })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
