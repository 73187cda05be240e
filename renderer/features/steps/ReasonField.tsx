import { NoteField } from '../../ui/NoteField.tsx';
import { useWords } from '../../ui/use-words.ts';

interface Props {
  label?: string;
  placeholder: string;
  value: string | null;
  /** Characters the command takes: 500 of a reason, 2,000 of a note. */
  maxLength?: number;
  onWrite(text: string): void;
  onConfirm(): void;
}

/** The words a step is given with; the cursor is in them when the dialog opens. */
export function ReasonField({ label, placeholder, value, maxLength = 500, onWrite, onConfirm }: Props) {
  const t = useWords('steps');
  return (
    <NoteField
      label={label ?? t('reason')}
      placeholder={placeholder}
      testId="step-text"
      maxLength={maxLength}
      rows={[3, 8]}
      value={value ?? ''}
      autoFocus
      onWrite={onWrite}
      onConfirm={onConfirm}
    />
  );
}
