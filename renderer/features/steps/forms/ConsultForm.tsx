import { useState } from 'react';
import { levelSchema } from '../../../../shared/model/codes.ts';
import { heldAt } from '../../../../shared/model/commands/escalate-case.ts';
import { minuteMs } from '../../../../shared/time/shanghai.ts';
import { now } from '../../../data/clock.ts';
import { NoteField } from '../../../ui/NoteField.tsx';
import { useWords } from '../../../ui/use-words.ts';
import { Consulted } from '../Consulted.tsx';
import { DueField } from '../DueField.tsx';
import type { StepFormProps } from '../forms.ts';
import { NumberedChoices } from '../NumberedChoices.tsx';
import { noteLimit, ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import { useStep } from '../use-step.ts';

const optionsAtMost = 20;

/** 登记会商: the minutes; the level is where the case is held unless the operator says another. */
export function ConsultForm(props: StepFormProps) {
  const t = useWords('climb');
  const [opened] = useState(() => now() - (now() % minuteMs));
  const level = heldAt(props.detail?.work.escalations ?? []);
  const step = useStep(
    'recordConsultation',
    props,
    { level, heldAt: opened, participants: '', options: [], conclusion: '' },
    {
      lacks: ({ heldAt: at, options }) => {
        if (at === null) return t('consult.noTime');
        return (options?.length ?? 0) > optionsAtMost ? t('consult.tooMany', { n: optionsAtMost }) : null;
      },
    },
  );
  const { filled, write } = step;
  return (
    <StepFrame step={step}>
      {props.detail && <Consulted work={props.detail.work} />}
      <NumberedChoices
        label={t('consult.level')}
        values={levelSchema.options}
        text={(value) => t(`codes:level.${value}`)}
        chosen={filled.level}
        onChoose={(value) => write({ level: value })}
      />
      <DueField
        label={t('consult.heldAt')}
        at={filled.heldAt}
        onWrite={(at) => write({ heldAt: at })}
        onConfirm={step.confirm}
      />
      <NoteField
        label={t('consult.participants')}
        placeholder={t('consult.participantsPlaceholder')}
        testId="consult-participants"
        maxLength={500}
        rows={[1, 4]}
        value={filled.participants ?? ''}
        autoFocus
        onWrite={(participants) => write({ participants })}
        onConfirm={step.confirm}
      />
      <NoteField
        label={t('consult.options')}
        placeholder={t('consult.optionsPlaceholder')}
        testId="consult-options"
        maxLength={noteLimit}
        rows={[2, 6]}
        value={filled.options?.join('\n') ?? ''}
        onWrite={(text) => write({ options: text === '' ? [] : text.split('\n') })}
        onConfirm={step.confirm}
      />
      <ReasonField
        label={t('consult.conclusion')}
        placeholder={t('consult.conclusionPlaceholder')}
        quiet
        maxLength={noteLimit}
        value={filled.conclusion}
        onWrite={(conclusion) => write({ conclusion })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
