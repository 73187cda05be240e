import { CloseButton, Portal } from '@mantine/core';
import { useEffect } from 'react';
import css from './notice.module.css';

const shownMs = 8000;

/** One sentence about what was just done, over the strip at the foot; goes by itself and never takes the focus. */
export function Notice({ text, closeLabel, onClose }: { text: string | null; closeLabel: string; onClose(): void }) {
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(onClose, shownMs);
    return () => clearTimeout(timer);
  }, [text, onClose]);
  return (
    <Portal>
      <div role="status" aria-live="polite" className={css.place}>
        {text !== null && (
          <div className={css.notice} data-testid="notice">
            <span>{text}</span>
            <CloseButton size="sm" aria-label={closeLabel} onClick={onClose} />
          </div>
        )}
      </div>
    </Portal>
  );
}
