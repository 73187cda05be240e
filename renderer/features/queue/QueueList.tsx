import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import { useNow } from '../../data/clock.ts';
import { useDesk } from '../../data/desk-store.ts';
import { usePreferences } from '../../data/preferences.ts';
import { cellRole, gridRole, rowGroupRole, rowRole } from '../../ui/grid-roles.ts';
import { useWords } from '../../ui/use-words.ts';
import { QueueRow } from './QueueRow.tsx';
import css from './queue.module.css';
import type { List } from './use-list.ts';
import { useQueueActions, useQueueKeys } from './use-queue-keys.ts';

const rowPx = 51;

/**
 * The rows in sight of everything the list holds. The list has the focus, a row the cursor (aria-activedescendant). `pill` is given what a click on
 * the pill does.
 */
export function QueueList({ list, pill }: { list: List; pill: RefObject<() => void> }) {
  const t = useWords('queue');
  const { cache, snapshot } = list;
  const now = useNow();
  const focusedCaseId = useDesk((desk) => desk.focusedCaseId);
  const chosenIds = useDesk((desk) => desk.chosenIds);
  const scale = usePreferences((preferences) => preferences.value.fontScale) / 100;
  const height = Math.round(rowPx * scale);
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: snapshot.total,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 6,
  });
  useEffect(() => {
    if (height > 0) virtual.measure();
  }, [height, virtual]);

  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (snapshot.version > 0) void cache.ensure(first, last);
  }, [cache, first, last, snapshot.version]);

  const actions = useQueueActions(list, (index) => {
    virtual.scrollToIndex(index, { align: 'auto' });
    // The list takes the focus with the cursor: a dialog opened from here gives it back.
    box.current?.focus({ preventScroll: true });
  });
  const panelOpen = useDesk((desk) => desk.openCaseId !== null);
  const tall = virtual.scrollRect?.height ?? 0;
  useEffect(() => {
    // The panel covers the lower part of the queue: the row it belongs to stays in sight.
    if (!panelOpen || tall === 0) return;
    const { focusedCaseId: kept } = useDesk.getState();
    const index = kept === null ? -1 : cache.indexOf(kept);
    if (index >= 0) virtual.scrollToIndex(index, { align: 'auto' });
  }, [panelOpen, tall, cache, virtual]);
  const reopen = useCallback(async (): Promise<void> => {
    const { focusedCaseId: kept } = useDesk.getState();
    const before = kept === null ? -1 : cache.indexOf(kept);
    const offset = before * height - (box.current?.scrollTop ?? 0);
    await list.reopen();
    const after = kept === null ? -1 : cache.indexOf(kept);
    // The row under the cursor stays where the eye left it; without one the newest are at the top.
    virtual.scrollToOffset(after < 0 ? 0 : Math.max(0, after * height - offset));
  }, [cache, height, list.reopen, virtual]);
  useQueueKeys(actions, () => void reopen());

  useEffect(() => {
    pill.current = () => void reopen();
  }, [pill, reopen]);

  const onPress = (event: MouseEvent, index: number): void => {
    if (event.shiftKey) actions.chooseTo(index);
    else if (event.ctrlKey || event.metaKey) actions.choose(index);
    else {
      actions.focusOn(index);
      const id = cache.row(index)?.id;
      if (id) actions.open(id);
    }
    box.current?.focus({ preventScroll: true });
  };

  const active =
    focusedCaseId !== null && items.some(({ index }) => cache.row(index)?.id === focusedCaseId)
      ? `queue-row-${focusedCaseId}`
      : undefined;

  return (
    <div
      ref={box}
      {...gridRole(t('list.label'), snapshot.total, active, snapshot.opening)}
      data-focus-home
      data-empty={snapshot.total === 0 || undefined}
      className={css.list}
    >
      <div {...rowGroupRole} className={css.rows} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = cache.row(index);
          if (!row) return <SkeletonRow key={`wait-${index}`} top={start} index={index} />;
          return (
            <QueueRow
              key={row.id}
              row={row}
              index={index}
              now={now}
              top={start}
              focused={row.id === focusedCaseId}
              chosen={chosenIds.has(row.id)}
              onPress={onPress}
              onChoose={actions.choose}
              onDial={actions.dial}
              onUrge={actions.urge}
            />
          );
        })}
      </div>
    </div>
  );
}

export function SkeletonRow({ top, index }: { top: number; index: number }) {
  return (
    <div {...rowRole(index)} className={css.row} style={{ transform: `translateY(${top}px)` }}>
      <span {...cellRole} className={css.waiting} />
    </div>
  );
}
