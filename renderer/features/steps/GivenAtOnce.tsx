import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CommandResultOf } from '../../../shared/ipc/contract.ts';
import { useDesk } from '../../data/desk-store.ts';
import { type StepName, stepLimit } from '../../data/steps.ts';
import { useGive } from '../../data/use-give.ts';
import { Dialog, DialogAlert, DialogFoot, DialogForm } from '../../ui/Dialog.tsx';
import { failureText } from '../../ui/failure-text.ts';
import { say } from '../../ui/Notice.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { refusalText } from '../../ui/refusal-text.ts';
import { useWords } from '../../ui/use-words.ts';
import { StepRefused } from './StepRefused.tsx';

/**
 * Gives a step that wants nothing typed. What was given is said by the undo notice; one refusal in a line; several, and which cases, in a dialog. A
 * failure stays in the dialog until it is read.
 */
export function GivenAtOnce({ step }: { step: { name: StepName; caseIds: string[] } }) {
  const t = useWords('steps');
  const set = useDesk((desk) => desk.set);
  const { give, failure } = useGive(step.name);
  const [answer, setAnswer] = useState<CommandResultOf<'give'> | null>(null);
  const begun = useRef<typeof step | null>(null);
  const tooMany = step.caseIds.length > stepLimit;
  const close = useCallback(() => set({ action: null }), [set]);
  useEffect(() => {
    if (begun.current === step || tooMany) return;
    begun.current = step;
    void give(step.caseIds, { note: '' }).then((result) => {
      if (result === null) return;
      const [first, second] = result.refused;
      if (second !== undefined) {
        setAnswer(result);
        set({ chosenIds: new Set(result.refused.map(({ caseId }) => caseId)) });
        return;
      }
      if (first) say(refusalText(first, t));
      set({ action: null, ...(result.given.length > 0 && { chosenIds: new Set() }) });
    });
  }, [step, tooMany, give, set, t]);
  const command = t(`codes:command.${step.name}`);
  return (
    <Dialog
      opened={failure !== null || answer !== null || tooMany}
      onClose={close}
      size={560}
      title={t('titleMany', { command, n: formatCount(step.caseIds.length) })}
      closeLabel={t('close')}
    >
      <DialogForm testId="step-dialog">
        {answer !== null && <StepRefused answer={answer} detail={null} />}
        {tooMany && (
          <DialogAlert>{t('tooMany', { n: formatCount(step.caseIds.length), limit: stepLimit })}</DialogAlert>
        )}
        {failure && <DialogAlert>{failureText(failure, t)}</DialogAlert>}
        <DialogFoot hint={answer !== null && answer.given.length > 0 ? t('undo') : ''}>
          <Button data-autofocus data-testid="step-done" onClick={close}>
            {t('done')}
          </Button>
        </DialogFoot>
      </DialogForm>
    </Dialog>
  );
}
