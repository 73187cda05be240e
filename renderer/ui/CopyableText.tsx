import { useRef, useState } from 'react';
import css from './copyable-text.module.css';

interface Props {
  text: string;
  label: string;
  copiedLabel: string;
  /** Of the button; without it the text can only be marked by hand. */
  testId?: string | undefined;
}

/** Words somebody typed, to be marked or copied whole. Copies by the selection: the page has no right to the clipboard otherwise. */
export function CopyableText({ text, label, copiedLabel, testId }: Props) {
  const words = useRef<HTMLSpanElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    const selection = window.getSelection();
    if (words.current === null || selection === null) return;
    selection.selectAllChildren(words.current);
    setCopied(document.execCommand('copy'));
  };
  return (
    <span className={css.text}>
      <span ref={words} className="selectable">
        {text}
      </span>
      {testId !== undefined && (
        <button type="button" onClick={copy} data-testid={testId}>
          {copied ? copiedLabel : label}
        </button>
      )}
    </span>
  );
}
