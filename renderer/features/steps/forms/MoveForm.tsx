import { useRegister } from '../../../data/use-register.ts';
import { useWords } from '../../../ui/use-words.ts';
import { VillageField } from '../../../ui/VillageField.tsx';
import type { StepFormProps } from '../forms.ts';
import { goToText, ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import css from '../steps.module.css';
import { useStep } from '../use-step.ts';

/** 转派: another village owns it. */
export function TransferForm(props: StepFormProps) {
  return <MoveForm name="transferCase" {...props} />;
}

/** 人工分拨: a village for a case that no rule could place. */
export function DispatchForm(props: StepFormProps) {
  return <MoveForm name="dispatchByHand" {...props} />;
}

function MoveForm({ name, ...props }: StepFormProps & { name: 'transferCase' | 'dispatchByHand' }) {
  const t = useWords('steps');
  const { villages } = useRegister();
  const step = useStep(
    name,
    props,
    { villageCode: null, reason: '' },
    {
      lacks: ({ villageCode }) => (villageCode === null ? t('move.choose') : null),
    },
  );
  const { detail } = props;
  const to = villages.get(step.filled.villageCode ?? '');
  return (
    <StepFrame step={step}>
      {detail !== null && (
        <p className={css.state}>
          {t('move.now', {
            place: [detail.townName, detail.villageName].filter(Boolean).join(' › ') || t('move.nowhere'),
          })}
        </p>
      )}
      <VillageField
        label={t('move.to')}
        near={detail?.case.townCode ?? null}
        without={detail?.case.villageCode ?? null}
        chosen={step.filled.villageCode}
        onChoose={(villageCode) => step.write({ villageCode })}
        onTaken={goToText}
      />
      {to !== undefined && name === 'transferCase' && <p className={css.state}>{t('move.effect')}</p>}
      <ReasonField
        placeholder={t(name === 'transferCase' ? 'move.placeholder' : 'move.dispatchPlaceholder')}
        quiet
        value={step.filled.reason}
        onWrite={(reason) => step.write({ reason })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
