import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { usePreferences } from '../../data/preferences.ts';
import css from './desk.module.css';

const least = 30;
const most = 75;
const clamp = (share: number): number => Math.round(Math.min(most, Math.max(least, share)));

/** The line between map and queue: dragged, or moved by the arrow keys; remembered. */
export function Splitter({ label }: { label: string }) {
  const share = usePreferences((state) => state.value.splitter);
  const handle = useRef<HTMLDivElement>(null);
  const set = (next: number): void => usePreferences.getState().change({ splitter: clamp(next) });
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const desk = handle.current?.parentElement;
    if (!desk || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { left, width } = desk.getBoundingClientRect();
    set(((event.clientX - left) * 100) / width);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    set(share + (event.key === 'ArrowLeft' ? -2 : 2));
  };
  return (
    <div
      ref={handle}
      className={css.splitter}
      role="slider"
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuenow={share}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      data-testid="splitter"
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onKeyDown={onKeyDown}
    />
  );
}
