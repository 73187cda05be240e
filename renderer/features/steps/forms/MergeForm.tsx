import { useState } from 'react';
import type { CaseDetail } from '../../../../shared/model/case-view.ts';
import { useCaseDetail } from '../../../data/use-case-detail.ts';
import { useWords } from '../../../ui/use-words.ts';
import { CompareCases } from '../CompareCases.tsx';
import type { StepFormProps } from '../forms.ts';
import { MergeTargetField } from '../MergeTargetField.tsx';
import { ReasonField } from '../ReasonField.tsx';
import { StepFrame } from '../StepFrame.tsx';
import { useStep } from '../use-step.ts';

/** 并案 of one case or many: into which (what is alike stands first, with what they have in common) and why; of one, both side by side. */
export function MergeForm(props: StepFormProps) {
  const t = useWords('climb');
  const step = useStep(
    'mergeCase',
    props,
    { intoId: null, reason: '' },
    {
      lacks: ({ intoId }) => (intoId === null ? t('merge.choose') : null),
      // Of several that are one matter one goes on, and the others go into it.
      takers: ({ intoId }) => props.caseIds.filter((caseId) => caseId !== intoId),
    },
  );
  const { intoId, reason } = step.filled;
  const [said, setSaid] = useState('');
  const target = useCaseDetail(intoId);
  const into: CaseDetail | null = intoId !== null && target.current ? target.detail : null;
  return (
    <StepFrame step={step} hint={t('merge.hint')}>
      <MergeTargetField
        caseIds={props.caseIds}
        chosen={into === null ? t('merge.notChosen') : t('merge.chosen', { no: into.case.no, title: into.case.title })}
        onChoose={(caseId, why) => {
          // The reason is proposed with the case; what somebody typed stays.
          step.write({ intoId: caseId, ...((reason ?? '') === said && { reason: why }) });
          setSaid(why);
        }}
        onConfirm={step.confirm}
      />
      {props.detail && into && <CompareCases one={props.detail} into={into} />}
      <ReasonField
        placeholder={t('merge.placeholder')}
        quiet
        value={reason}
        onWrite={(text) => step.write({ reason: text })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}

/** 撤销并案. */
export function UnmergeForm(props: StepFormProps) {
  const t = useWords('climb');
  const step = useStep('unmergeCase', props, { reason: '' });
  const into = props.detail?.work.mergedInto;
  const target = useCaseDetail(into?.id ?? null);
  return (
    <StepFrame step={step} hint={t('unmerge.hint')}>
      {props.detail && into && target.current && target.detail && (
        <CompareCases one={props.detail} into={target.detail} />
      )}
      <ReasonField
        placeholder={t('unmerge.placeholder')}
        value={step.filled.reason}
        onWrite={(reason) => step.write({ reason })}
        onConfirm={step.confirm}
      />
    </StepFrame>
  );
}
