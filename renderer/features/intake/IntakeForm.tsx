import { Button } from '@mantine/core';
import { type ClipboardEvent, type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useHotkeys } from '../../data/hotkeys.ts';
import { DialogAlert, DialogFoot } from '../../ui/Dialog.tsx';
import { failureText } from '../../ui/failure-text.ts';
import { useWords } from '../../ui/use-words.ts';
import { IntakeFields } from './IntakeFields.tsx';
import css from './intake.module.css';
import { PlanView } from './PlanView.tsx';
import { SourceText } from './SourceText.tsx';
import { useIntake } from './use-intake.ts';

interface Props {
  onClose(): void;
  onRecorded(caseId: string): void;
  onOpenCase(caseId: string): void;
}
const stops = 'input:not([disabled]), textarea:not([disabled]), button[tabindex="0"]';

/** The report at the left, the text it was filled from at the right, what the rules make of it below. Ctrl+Enter records, from any field. */
export function IntakeForm({ onClose, onRecorded, onOpenCase }: Props) {
  const t = useWords('intake');
  const intake = useIntake();
  const { draft, problems, refused, failure } = intake;
  const form = useRef<HTMLDivElement>(null);
  const [field, setField] = useState<string | null>(null);

  const focusField = (name: string): void => {
    const place = form.current?.querySelector(`[data-field="${name}"]`);
    const target = place?.matches(stops) ? place : place?.querySelector(stops);
    if (target instanceof HTMLElement) target.focus();
  };
  const onNext = (): void => {
    const all = [...(form.current?.querySelectorAll<HTMLElement>(stops) ?? [])];
    const here = document.activeElement?.closest('fieldset') ?? document.activeElement;
    const at = all.findLastIndex((one) => here?.contains(one));
    all[at + 1]?.focus();
  };
  const record = async (): Promise<void> => {
    const [first] = intake.problems.length > 0 ? intake.problems : [];
    const caseId = await intake.record();
    if (caseId !== null) onRecorded(caseId);
    else if (first) focusField(first.field);
  };
  useHotkeys('dialog', { 'Ctrl+Enter': () => void record() });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.defaultPrevented) return;
    const inLine = event.target instanceof HTMLInputElement;
    if (event.ctrlKey || event.metaKey) void record();
    else if (inLine) onNext();
    else return;
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent): void =>
    setField(event.target.closest('[data-field]')?.getAttribute('data-field') ?? null);
  /** A text of several lines in a field of one is a sheet, not a value. */
  const onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData('text/plain');
    if (!(event.target instanceof HTMLInputElement) || !/\S\s*\n\s*\S/.test(text)) return;
    event.preventDefault();
    intake.paste(text);
  };

  return (
    <form
      noValidate
      onSubmit={(event) => event.preventDefault()}
      className={css.form}
      data-testid="intake-dialog"
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      onFocus={onFocus}
    >
      <div className={css.panes}>
        <div className={css.fields} ref={form}>
          <IntakeFields intake={intake} onNext={onNext} />
        </div>
        <div className={css.side}>
          <SourceText
            pasted={draft.pasted}
            field={field}
            onPaste={intake.paste}
            onForget={() => intake.write({ pasted: '' })}
            onField={focusField}
          />
          <PlanView plan={intake.plan} draft={draft} onOpenCase={onOpenCase} />
        </div>
      </div>
      {refused && (
        <div className={css.refused} data-testid="intake-refused">
          <DialogAlert>
            {t(`codes:refusal.${refused.reason}.title`)}
            {refused.detail !== null && refused.detail !== '' && ` (${refused.detail})`}{' '}
            {t(`codes:refusal.${refused.reason}.advice`)}
          </DialogAlert>
        </div>
      )}
      {failure && <DialogAlert>{failureText(failure, t)}</DialogAlert>}
      {problems.length > 0 && <DialogAlert>{problems.map(({ key }) => t(`problem.${key}`)).join(' ')}</DialogAlert>}
      <DialogFoot hint={intake.aside > 0 ? t('aside', { n: intake.aside }) : t('hint')}>
        <Button variant="default" onClick={intake.clear} data-testid="intake-clear">
          {t('clear')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('later')}
        </Button>
        <Button loading={intake.running} onClick={() => void record()} data-testid="intake-record">
          {t('record')}&nbsp;<kbd>Ctrl+Enter</kbd>
        </Button>
      </DialogFoot>
    </form>
  );
}
