import { Popover } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useHotkeys } from '../../data/hotkeys.ts';
import { useWords } from '../../ui/use-words.ts';
import { SaveView } from './SaveView.tsx';
import { useViews } from './use-views.ts';
import { ViewRow } from './ViewRow.tsx';
import css from './views.module.css';

const numbered = 9;

/** The saved views: opened, named, ordered, deleted and shared from one list; the first nine by a key of their own. */
export function ViewsMenu() {
  const t = useWords('views');
  const [opened, setOpened] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const all = useViews();
  const { views, lost, open, takeBack } = all;
  useHotkeys('desk', {
    q: () => setOpened(true),
    ...Object.fromEntries(views.slice(0, numbered).map((one, at) => [`Ctrl+Shift+${at + 1}`, () => open(one)])),
  });
  const close = (): void => {
    setOpened(false);
    document.querySelector<HTMLElement>('[data-focus-home]')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys pressed in here are no keys of the desk under it.
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') close();
    if (event.altKey || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    event.preventDefault();
    const stops = [...(panel.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])];
    const at = stops.findIndex((stop) => stop.contains(document.activeElement) || stop === document.activeElement);
    stops[Math.max(0, Math.min(stops.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1)))]?.focus();
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      trapFocus
      closeOnEscape={false}
      transitionProps={{ duration: 0 }}
      shadow="none"
      withinPortal
    >
      <Popover.Target>
        <button
          type="button"
          className={css.menu}
          data-testid="views"
          aria-haspopup="dialog"
          onClick={() => setOpened(!opened)}
        >
          {t('title')} <span aria-hidden>▾</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('title')} onKeyDown={onKeyDown}>
        <div ref={panel} className={css.panel} data-testid="views-panel">
          {views.length === 0 ? (
            <p className={css.empty}>{t('empty')}</p>
          ) : (
            <ul>
              {views.map((one, at) => (
                <ViewRow
                  key={one.id}
                  one={one}
                  number={at < numbered ? at + 1 : null}
                  first={at === 0}
                  last={at === views.length - 1}
                  all={all}
                  onOpen={() => {
                    open(one);
                    close();
                  }}
                />
              ))}
            </ul>
          )}
          {lost !== null && (
            <p className={css.lost} role="status">
              <span>{t(lost.kind, { name: lost.one.name })}</span>
              <button type="button" data-stop onClick={takeBack} data-testid="view-take-back">
                {t('takeBack')}
              </button>
            </p>
          )}
          <SaveView all={all} />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
