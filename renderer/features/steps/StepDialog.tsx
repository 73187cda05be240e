import { type ComponentType, useCallback } from 'react';
import { useDesk } from '../../data/desk-store.ts';
import { atOnce, type StepName } from '../../data/steps.ts';
import { useCaseDetail } from '../../data/use-case-detail.ts';
import { Dialog, DialogAlert } from '../../ui/Dialog.tsx';
import { failureText } from '../../ui/failure-text.ts';
import { formatCount } from '../../ui/numbers.ts';
import { refusalText } from '../../ui/refusal-text.ts';
import { useWords } from '../../ui/use-words.ts';
import { type StepFormProps, stepForms } from './forms.ts';
import { GivenAtOnce } from './GivenAtOnce.tsx';
import { Subject } from './Subject.tsx';
import css from './steps.module.css';
import { useStepKeys } from './use-step-keys.ts';

/** The dialog of every step, and the keys that begin one. Shows itself when the desk is about to give a step. */
export function StepDialog() {
  useStepKeys();
  const action = useDesk((desk) => desk.action);
  const set = useDesk((desk) => desk.set);
  const close = useCallback(() => set({ action: null }), [set]);
  const step = action?.kind === 'step' ? action : null;
  if (step !== null && atOnce.has(step.name)) return <GivenAtOnce step={step} />;
  return <FormDialog step={step} onClose={close} />;
}

interface OneStep {
  name: StepName;
  caseIds: string[];
}

function FormDialog({ step, onClose }: { step: OneStep | null; onClose(): void }) {
  const t = useWords('steps');
  const form = step && stepForms[step.name];
  const command = step && t(`codes:command.${step.name}`);
  const many = step !== null && step.caseIds.length > 1;
  return (
    <Dialog
      opened={step !== null && form !== undefined}
      onClose={onClose}
      size={form?.size ?? 560}
      title={command && (many ? t('titleMany', { command, n: formatCount(step.caseIds.length) }) : command)}
      closeLabel={t('close')}
    >
      {step && form && <Content key={`${step.name} ${step.caseIds.join()}`} step={step} Form={form.Form} />}
    </Dialog>
  );
}

/** New with each dialog, so that the case is read anew: one read for the dialog before may have taken a step since. */
function Content({ step: { caseIds }, Form }: { step: OneStep; Form: ComponentType<StepFormProps> }) {
  const t = useWords('steps');
  const only = caseIds.length === 1 ? (caseIds[0] ?? null) : null;
  const { detail, failure, loading } = useCaseDetail(only);
  return (
    <div className={css.dialog}>
      <Subject caseIds={caseIds} detail={detail} />
      {failure && <DialogAlert>{failureText(failure, t)}</DialogAlert>}
      {!failure && only !== null && !loading && detail === null && (
        <DialogAlert>{refusalText({ reason: 'caseUnknown', detail: null }, t)}</DialogAlert>
      )}
      {(only === null || detail !== null) && <Form caseIds={caseIds} detail={detail} />}
    </div>
  );
}
