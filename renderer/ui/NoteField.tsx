import { Textarea } from '@mantine/core';
import type { KeyboardEvent } from 'react';

interface Props {
  label: string;
  placeholder: string;
  testId: string;
  maxLength: number;
  /** Lines it has when empty and at the most. */
  rows: readonly [least: number, most: number];
  value: string;
  onWrite(text: string): void;
  /** Ctrl+Enter: Enter alone begins a line, and one that ends an IME's composition is the IME's. */
  onConfirm(): void;
}

/** A few lines in a dialog, from which the dialog is confirmed without leaving the field. */
export function NoteField({ label, placeholder, testId, maxLength, rows, value, onWrite, onConfirm }: Props) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onConfirm();
  };
  return (
    <Textarea
      label={label}
      placeholder={placeholder}
      data-testid={testId}
      maxLength={maxLength}
      autosize
      minRows={rows[0]}
      maxRows={rows[1]}
      value={value}
      onChange={(event) => onWrite(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
