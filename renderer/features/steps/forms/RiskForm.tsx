import { Choices } from '../../../ui/Choices.tsx';
import { useWords } from '../../../ui/use-words.ts';
import type { StepFormProps } from '../forms.ts';
import { ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import css from '../steps.module.css';
import { useStep } from '../use-step.ts';

/** 高风险: marked, or cleared where it is marked; of many the operator says which. */
export function RiskForm(props: StepFormProps) {
  const t = useWords('steps');
  const { detail } = props;
  const marked = detail?.case.highRisk === true;
  // Of one case it is the other of what it is now, also where a draft of it is older.
  const step = useStep(
    'markRisk',
    props,
    { highRisk: true, reason: '' },
    {
      ...(detail !== null && { fixed: () => ({ highRisk: !marked }) }),
    },
  );
  const highRisk = step.filled.highRisk === true;
  return (
    <StepFrame step={step} confirm={t(highRisk ? 'risk.mark' : 'risk.clear')}>
      {detail === null ? (
        <Choices
          label={t('risk.what')}
          options={[
            { value: 'mark', text: t('risk.mark'), testId: 'step-choice-mark' },
            { value: 'clear', text: t('risk.clear'), testId: 'step-choice-clear' },
          ]}
          pressed={[highRisk ? 'mark' : 'clear']}
          onPress={(value) => step.write({ highRisk: value === 'mark' })}
        />
      ) : (
        <p className={css.state}>
          {marked ? t('risk.was', { reason: detail.case.riskReason ?? '' }) : t('risk.effect')}
        </p>
      )}
      <ReasonField
        placeholder={t(highRisk ? 'risk.placeholder' : 'risk.clearPlaceholder')}
        value={step.filled.reason}
        onWrite={(reason) => step.write({ reason })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
