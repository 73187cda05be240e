import { Textarea } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { formatCount } from './numbers.ts';
import { useWords } from './use-words.ts';

interface Props {
  label: string;
  placeholder: string;
  testId: string;
  maxLength: number;
  /** Lines it has when empty and at the most. */
  rows: readonly [least: number, most: number];
  value: string;
  onWrite(text: string): void;
  /** Whether the cursor is in it when its dialog opens. */
  autoFocus?: boolean;
  /** Name under which something before it hands the focus on. */
  mark?: string;
  /** Ctrl+Enter: Enter alone begins a line, and one that ends an IME's composition is the IME's. */
  onConfirm(): void;
}

/**
 * A few lines in a dialog, from which the dialog is confirmed without leaving the field. What is longer than `maxLength` (as the rules count characters)
 * stays and is said: nothing pasted is ever cut.
 */
export function NoteField({
  label,
  placeholder,
  testId,
  maxLength,
  rows,
  value,
  autoFocus = false,
  mark,
  onWrite,
  onConfirm,
}: Props) {
  const t = useWords('form');
  const over = value.length - maxLength;
  const values = { n: formatCount(value.length), limit: formatCount(maxLength), over: formatCount(over) };
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
      data-autofocus={autoFocus || undefined}
      data-field={mark}
      description={over <= 0 && value.length * 2 > maxLength ? t('written', values) : undefined}
      error={over > 0 ? t('tooLong', values) : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autosize
      minRows={rows[0]}
      maxRows={rows[1]}
      value={value}
      onChange={(event) => onWrite(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
