import { Button, Textarea } from '@mantine/core';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { callOutcomeSchema } from '../../../shared/model/codes.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { Choices } from '../../ui/Choices.tsx';
import { failureText } from '../../ui/failure-text.ts';
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
  const standing = call.call !== null && !saved;
  useEffect(() => onOpen(standing), [onOpen, standing]);

  const save = async (): Promise<void> => {
    if (outcome === null) return setAsked(true);
    if (call.running || saved) return;
    const done = await call.save(outcome);
    if (done && (outcome === 'answered' || next === null)) onSaved();
  };
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
  const onNoteKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    confirm();
  };

  return (
    <div className={css.form} data-testid="call-dialog">
      <Callee call={call} />
      {call.failure && (
        <p role="alert" className={css.alert}>
          {failureText(call.failure, t)}
        </p>
      )}
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
          <Textarea
            label={t('note')}
            placeholder={t('notePlaceholder')}
            data-testid="call-note"
            maxLength={2000}
            autosize
            minRows={2}
            maxRows={6}
            value={call.note.text}
            onChange={(event) => call.note.write(event.currentTarget.value)}
            onKeyDown={onNoteKey}
          />
        </>
      )}
      {saved && next && (
        <p role="status" className={css.next}>
          {t('next', { name: next.name, post: t(`codes:postKind.${next.postKind}`) })}
        </p>
      )}
      <footer className={css.foot}>
        <span>{standing && t('escape')}</span>
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
      </footer>
    </div>
  );
}
