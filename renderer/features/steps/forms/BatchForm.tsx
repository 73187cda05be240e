import { type PetitionBatch, petitionBatchSchema } from '../../../../shared/model/codes.ts';
import { useWords } from '../../../ui/use-words.ts';
import type { StepFormProps } from '../forms.ts';
import { NumberedChoices } from '../NumberedChoices.tsx';
import { ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import css from '../steps.module.css';
import { useStep } from '../use-step.ts';

/** 四个一批: a petition stands in one batch at most; each move has its reason. */
export function BatchForm(props: StepFormProps) {
  const t = useWords('steps');
  const step = useStep(
    'setPetitionBatch',
    props,
    { batch: null, reason: '' },
    {
      lacks: ({ batch }) => (batch === null ? t('batch.choose') : null),
    },
  );
  const now = props.detail?.case.petitionBatch;
  return (
    <StepFrame step={step}>
      {props.detail !== null && (
        <p className={css.state}>
          {now ? t('batch.now', { batch: t(`codes:petitionBatch.${now}`) }) : t('batch.nowNone')}
        </p>
      )}
      <NumberedChoices<PetitionBatch>
        label={t('batch.which')}
        values={petitionBatchSchema.options}
        text={(value) => t(`codes:petitionBatch.${value}`)}
        chosen={step.filled.batch}
        focus
        onChoose={(batch) => step.write({ batch })}
      />
      <ReasonField
        placeholder={t('batch.placeholder')}
        quiet
        value={step.filled.reason}
        onWrite={(reason) => step.write({ reason })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
