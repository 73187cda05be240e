import { CloseButton, Portal } from '@mantine/core';
import { useEffect } from 'react';
import { create } from 'zustand';
import css from './notice.module.css';

const shownMs = 8000;
const useNoticeStore = create<{ said: { text: string } | null }>()(() => ({ said: null }));

/** Says what was just done; the newest sentence takes the place of the one before. */
export function say(text: string): void {
  useNoticeStore.setState({ said: { text } });
}
const silence = (): void => useNoticeStore.setState({ said: null });

/** The place where `say` is heard: over the map, where nothing is pressed. Goes by itself and never takes the focus. */
export function NoticePlace({ closeLabel }: { closeLabel: string }) {
  const said = useNoticeStore((state) => state.said);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(silence, shownMs);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <Portal>
      <div role="status" aria-live="polite" className={css.place}>
        {said !== null && (
          <div className={css.notice} data-testid="notice">
            <span>{said.text}</span>
            <CloseButton size="sm" aria-label={closeLabel} onClick={silence} />
          </div>
        )}
      </div>
    </Portal>
  );
}
