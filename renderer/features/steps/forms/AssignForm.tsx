import { useWords } from '../../../ui/use-words.ts';
import { AssigneeField } from '../AssigneeField.tsx';
import type { StepFormProps } from '../forms.ts';
import { ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import { useStep } from '../use-step.ts';

/** 交办: to whom (proposed by the village's links first) and with what charge. */
export function AssignForm(props: StepFormProps) {
  const t = useWords('climb');
  const step = useStep(
    'assignCase',
    props,
    { kind: null, personId: null, departmentId: null, basis: null, reason: '' },
    { lacks: ({ kind }) => (kind === null ? t('assign.choose') : null) },
  );
  const { kind, personId, departmentId, basis, reason } = step.filled;
  return (
    <StepFrame step={step}>
      <AssigneeField
        caseId={props.detail?.case.id ?? ''}
        onConfirm={step.confirm}
        chosen={kind === null ? null : { kind, id: personId ?? departmentId ?? '', basis: basis ?? 'chosen' }}
        onChoose={({ kind: of, id, basis: by }) =>
          step.write({
            kind: of,
            personId: of === 'leader' ? id : null,
            departmentId: of === 'department' ? id : null,
            basis: by,
          })
        }
      />
      <ReasonField
        label={t('assign.reason')}
        placeholder={t('assign.placeholder')}
        quiet
        value={reason}
        onWrite={(text) => step.write({ reason: text })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
