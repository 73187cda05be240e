import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useDesk } from '../../data/desk-store.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { stepLimit } from '../../data/steps.ts';
import { DialogAlert, DialogFoot, DialogForm } from '../../ui/Dialog.tsx';
import { failureText } from '../../ui/failure-text.ts';
import { formatCount } from '../../ui/numbers.ts';
import { refusalText } from '../../ui/refusal-text.ts';
import { useWords } from '../../ui/use-words.ts';
import { StepRefused } from './StepRefused.tsx';
import type { Step } from './use-step.ts';

interface Props {
  step: Step;
  /** Word of the button; the command's own without it. */
  confirm?: string;
  /** The key named on the button: Enter where no text has the cursor. Both always confirm from where they mean nothing else. */
  confirmKey?: 'Enter' | 'Ctrl+Enter';
  /** Last line; that it can be taken back for 10 s without it. */
  hint?: string;
  /** Fields of the form. A form of choices alone focuses the button: `data-autofocus` stands on it unless a field has it. */
  children: ReactNode;
}

/** What every step's form has in common: what the rules say, what failed, which cases were refused, and the button, Enter or Ctrl+Enter. */
export function StepFrame({ step, confirm, confirmKey = 'Ctrl+Enter', hint, children }: Props) {
  const t = useWords('steps');
  const { refusal, answer, failure } = step;
  const close = () => useDesk.getState().set({ action: null });
  const go = step.partly ? close : step.confirm;
  useHotkeys('dialog', { Enter: go, 'Ctrl+Enter': go });
  const said = step.partly ? null : (step.missing ?? (refusal && refusalText(refusal, t)));
  // The form comes a moment after its dialog, which has looked for where to begin by then.
  const form = useRef<HTMLDivElement>(null);
  const left = useRef<HTMLButtonElement>(null);
  // And where the button under the focus is gone, the one that is left has it.
  const { partly } = step;
  useEffect(() => {
    if (partly) left.current?.focus();
    else form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, [partly]);
  return (
    <div ref={form}>
      <DialogForm testId="step-dialog">
        {children}
        {answer !== null && <StepRefused answer={answer} detail={step.detail} />}
        {step.tooMany && (
          <DialogAlert>{t('tooMany', { n: formatCount(step.caseIds.length), limit: stepLimit })}</DialogAlert>
        )}
        {failure && <DialogAlert>{failureText(failure, t)}</DialogAlert>}
        {step.tried && said && <DialogAlert>{said}</DialogAlert>}
        <DialogFoot hint={step.tried || !said ? (hint ?? t('undo')) : said}>
          <Button ref={left} variant="default" data-testid="step-close" onClick={close}>
            {step.partly ? t('done') : t('cancel')}
          </Button>
          {!step.partly && (
            <Button
              data-testid="step-confirm"
              data-autofocus
              aria-disabled={said !== null || step.tooMany}
              loading={step.running}
              onClick={step.confirm}
            >
              {confirm ?? t(`codes:command.${step.name}`)}&nbsp;<kbd>{confirmKey}</kbd>
            </Button>
          )}
        </DialogFoot>
      </DialogForm>
    </div>
  );
}
