import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { callOutcomeSchema } from '../../../shared/model/codes.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { Choices } from '../../ui/Choices.tsx';
import { DialogAlert, DialogFoot, DialogForm } from '../../ui/Dialog.tsx';
import { failureText } from '../../ui/failure-text.ts';
import { NoteField } from '../../ui/NoteField.tsx';
import { useWords } from '../../ui/use-words.ts';
import { Callee } from './Callee.tsx';
import css from './call.module.css';
import { type CallAction, type Outcome, useCall } from './use-call.ts';

const outcomes = callOutcomeSchema.exclude(['unrecorded']).options;

interface Props {
  action: CallAction;
  /** Told whether a call stands without its outcome. */
  onOpen(open: boolean): void;
  onLeave(): void;
  onSaved(): void;
}

/** Whom, by which number, what came of it. Keys 1–5 choose, Enter saves, N calls the next person after a call in vain. */
export function CallForm({ action, onOpen, onLeave, onSaved }: Props) {
  const t = useWords('call');
  const call = useCall(action);
  const { outcome, setOutcome, saved, next } = call;
  const [asked, setAsked] = useState(false);
  // Enter pressed while the record is still being made: saved as soon as it stands, so that a fast hand loses nothing.
  const [wanted, setWanted] = useState(false);
  const ready = call.call !== null && !call.running;
  const standing = call.call !== null && !saved;
  useEffect(() => onOpen(standing), [onOpen, standing]);

  const save = async (): Promise<void> => {
    if (outcome === null) return setAsked(true);
    if (saved) return;
    if (!ready) return setWanted(true);
    const done = await call.save(outcome);
    if (done && (outcome === 'answered' || next === null)) onSaved();
  };
  const latestSave = useRef(save);
  latestSave.current = save;
  useEffect(() => {
    if (!wanted || !ready) return;
    setWanted(false);
    void latestSave.current();
  }, [wanted, ready]);
  const callNext = (): void => {
    if (saved && next) void call.start(next.personId);
  };
  const confirm = (): void => (saved ? callNext() : void save());
  useHotkeys('dialog', {
    ...Object.fromEntries(outcomes.map((value, index) => [String(index + 1), () => !saved && setOutcome(value)])),
    Enter: confirm,
    'Ctrl+Enter': confirm,
    n: callNext,
  });

  return (
    <DialogForm testId="call-dialog">
      <Callee call={call} />
      {call.failure && <DialogAlert>{failureText(call.failure, t)}</DialogAlert>}
      {!saved && call.call && (
        <>
          <Choices<Outcome>
            label={t('outcome')}
            pressed={outcome === null ? [] : [outcome]}
            onPress={setOutcome}
            options={outcomes.map((value, index) => ({
              value,
              text: t(`codes:callOutcome.${value}`),
              hint: String(index + 1),
              testId: `call-outcome-${value}`,
            }))}
          />
          {asked && outcome === null && (
            <p role="alert" className={css.warn}>
              {t('chooseOutcome')}
            </p>
          )}
          <NoteField
            label={t('note')}
            placeholder={t('notePlaceholder')}
            testId="call-note"
            maxLength={2000}
            rows={[2, 6]}
            value={call.note.text}
            onWrite={call.note.write}
            onConfirm={confirm}
          />
        </>
      )}
      {saved && next && (
        <p role="status" className={css.next}>
          {t('next', { name: next.name, post: t(`codes:postKind.${next.postKind}`) })}
        </p>
      )}
      <DialogFoot hint={standing && t('escape')}>
        <Button variant="default" onClick={saved ? onSaved : onLeave}>
          {saved ? t('done') : t('later')}
        </Button>
        {(!saved || next) && (
          // One button for both steps, so that the focus stays on it.
          <Button
            data-testid={saved ? 'call-next' : 'call-save'}
            data-autofocus
            aria-disabled={!saved && (outcome === null || call.call === null)}
            loading={call.running && call.call !== null}
            onClick={confirm}
          >
            {saved ? t('callNext') : t('save')}&nbsp;<kbd>{saved ? 'N' : 'Enter'}</kbd>
          </Button>
        )}
      </DialogFoot>
    </DialogForm>
  );
}
