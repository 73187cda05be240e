import { NoteField } from '../../ui/NoteField.tsx';
import { useWords } from '../../ui/use-words.ts';

/** Characters the commands take of a note, and of a reason. */
export const noteLimit = 2000;
const reasonLimit = 500;

const textField = 'step-text';
/** Hands the focus on to the words, once what comes before them is chosen. */
export function goToText(): void {
  document.querySelector<HTMLElement>(`[data-field="${textField}"]`)?.focus();
}

interface Props {
  label?: string;
  placeholder: string;
  value: string | null;
  maxLength?: number;
  /** It may stay empty, or something is chosen before: the cursor does not begin in it. */
  quiet?: boolean;
  onWrite(text: string): void;
  onConfirm(): void;
}

/** The words a step is given with. */
export function ReasonField({
  label,
  placeholder,
  value,
  maxLength = reasonLimit,
  quiet = false,
  onWrite,
  onConfirm,
}: Props) {
  const t = useWords('steps');
  return (
    <NoteField
      label={label ?? t('reason')}
      placeholder={placeholder}
      testId="step-text"
      mark={textField}
      maxLength={maxLength}
      rows={quiet ? [2, 8] : [3, 8]}
      value={value ?? ''}
      autoFocus={!quiet}
      onWrite={onWrite}
      onConfirm={onConfirm}
    />
  );
}
