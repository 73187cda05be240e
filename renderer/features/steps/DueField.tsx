import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import { momentOf } from './due-choices.ts';

interface Props {
  label: string;
  /** Epoch ms; null: not chosen. */
  at: number | null;
  onWrite(at: number | null): void;
}

const written = (at: number | null): string => (at === null ? '' : formatDateTime(at).replace(' ', 'T'));

/** A date and a time of day, on the county's clock. What is half typed stays in the field. */
export function DueField({ label, at, onWrite }: Props) {
  const [text, setText] = useState(written(at));
  useEffect(() => {
    // Chosen elsewhere: the field follows. What is being typed is not overwritten by its own echo.
    if (at !== null) setText((typed) => (momentOf(typed) === at ? typed : written(at)));
  }, [at]);
  return (
    <TextInput
      type="datetime-local"
      label={label}
      data-testid="step-due"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onWrite(momentOf(event.currentTarget.value));
      }}
    />
  );
}
