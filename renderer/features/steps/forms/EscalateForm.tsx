import { Button, Checkbox } from '@mantine/core';
import { isHigher, type Level, levelSchema } from '../../../../shared/model/codes.ts';
import { consultationsFor } from '../../../../shared/model/commands/escalate-case.ts';
import { useDesk } from '../../../data/desk-store.ts';
import { useWords } from '../../../ui/use-words.ts';
import { Consulted } from '../Consulted.tsx';
import type { StepFormProps } from '../forms.ts';
import { NumberedChoices } from '../NumberedChoices.tsx';
import { ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import css from '../steps.module.css';
import { useStep } from '../use-step.ts';

/** 提级: to which level and why. What its precondition lacks stands on the button; without it only as an exception, which is recorded. */
export function EscalateForm(props: StepFormProps) {
  const t = useWords('climb');
  const { detail, caseIds } = props;
  const set = useDesk((desk) => desk.set);
  const standing = detail && consultationsFor(detail.work.escalations, detail.work.consultations, detail.work.rules);
  const from: Level = standing?.level ?? 'village';
  const missing = standing === null ? 0 : Math.max(0, standing.needed - standing.held);
  const higher = levelSchema.options.filter((level) => isHigher(level, from));
  const step = useStep(
    'escalateCase',
    props,
    { toLevel: null, reason: '', override: false },
    {
      lacks: ({ override }) =>
        missing > 0 && !override ? t('escalate.missing', { level: t(`codes:level.${from}`), missing }) : null,
      fixed: ({ toLevel, override }) => ({
        // Of several cases some may lack consultations: those are refused, or taken as exceptions.
        override: override === true && (detail === null || missing > 0),
        toLevel: toLevel !== null && higher.includes(toLevel) ? toLevel : (higher[0] ?? 'county'),
      }),
    },
  );
  const { toLevel, reason, override } = step.filled;
  return (
    <StepFrame
      step={step}
      confirm={missing > 0 && !override ? t('escalate.buttonMissing', { missing }) : undefined}
      hint={override ? t('escalate.recorded') : undefined}
    >
      {detail && <Consulted work={detail.work} />}
      <NumberedChoices
        label={t('escalate.to')}
        values={higher}
        text={(level) => t(`codes:level.${level}`)}
        chosen={toLevel}
        onChoose={(level) => step.write({ toLevel: level })}
      />
      {(detail === null || missing > 0) && (
        <div className={css.exception}>
          <Checkbox
            size="sm"
            label={t('escalate.override')}
            description={t('escalate.overrideSaid')}
            data-testid="escalate-override"
            checked={override === true}
            onChange={(event) => step.write({ override: event.currentTarget.checked })}
          />
          {detail !== null && (
            <Button
              variant="default"
              size="xs"
              data-testid="escalate-consult"
              onClick={() => set({ action: { kind: 'step', name: 'recordConsultation', caseIds: [...caseIds] } })}
            >
              {t('codes:command.recordConsultation')}
            </Button>
          )}
        </div>
      )}
      <ReasonField
        label={t(override ? 'escalate.overrideReason' : 'escalate.reason')}
        placeholder={t('escalate.placeholder')}
        value={reason}
        onWrite={(text) => step.write({ reason: text })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
