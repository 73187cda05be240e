import { type CallbackResult, callbackResultSchema } from '../../../../shared/model/codes.ts';
import { useWords } from '../../../ui/use-words.ts';
import type { StepFormProps } from '../forms.ts';
import { NumberedChoices } from '../NumberedChoices.tsx';
import { noteLimit, ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import css from '../steps.module.css';
import { useStep } from '../use-step.ts';

/** 回访: what the reporter says of the closed case. 不满意 reopens it, which is said before. */
export function CallBackForm(props: StepFormProps) {
  const t = useWords('steps');
  const step = useStep(
    'callBack',
    props,
    { result: null, note: '' },
    {
      lacks: ({ result }) => (result === null ? t('callBack.choose') : null),
    },
  );
  const { result } = step.filled;
  return (
    <StepFrame step={step} confirmKey="Enter">
      <NumberedChoices<CallbackResult>
        label={t('callBack.result')}
        values={callbackResultSchema.options}
        text={(value) => t(`codes:callbackResult.${value}`)}
        chosen={result}
        onChoose={(value) => step.write({ result: value })}
      />
      <p className={css.warn} role="status" data-testid="step-reopens">
        {result === 'dissatisfied' && t('callBack.reopens')}
        {result === 'unreached' && t('callBack.unreached')}
      </p>
      <ReasonField
        label={t('callBack.note')}
        placeholder={t('callBack.placeholder')}
        maxLength={noteLimit}
        quiet
        value={step.filled.note}
        onWrite={(note) => step.write({ note })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
