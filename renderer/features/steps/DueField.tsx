import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import { useNow } from '../../data/clock.ts';
import { absoluteText } from '../../ui/time.ts';
import { useWords } from '../../ui/use-words.ts';
import { momentOf } from './due-choices.ts';

interface Props {
  label: string;
  /** Epoch ms; null: not chosen. */
  at: number | null;
  onWrite(at: number | null): void;
  onConfirm(): void;
}

const written = (at: number | null): string => (at === null ? '' : formatDateTime(at));

/**
 * A date and a time of day on the county's clock, written as the screens write them: the system's own field follows the machine's language. What is half
 * typed stays, and how to write it is said.
 */
export function DueField({ label, at, onWrite, onConfirm }: Props) {
  const now = useNow();
  const t = useWords('steps');
  const [text, setText] = useState(written(at));
  useEffect(() => {
    // Chosen elsewhere: the field follows. What is being typed is not overwritten by its own echo.
    if (at !== null) setText((typed) => (momentOf(typed, now) === at ? typed : written(at)));
  }, [at, now]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onConfirm();
  };
  return (
    <TextInput
      label={label}
      placeholder={formatDateTime(now)}
      data-testid="step-due"
      value={text}
      error={text !== '' && at === null ? t('momentForm', { example: formatDateTime(now) }) : undefined}
      description={at === null ? undefined : absoluteText(at, t)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onWrite(momentOf(event.currentTarget.value, now));
      }}
      onKeyDown={onKeyDown}
    />
  );
}
