import { useRef } from 'react';
import { useFilter } from '../../data/use-filter.ts';
import { useQuery } from '../../data/use-query.ts';
import { NoticePlace } from '../../ui/Notice.tsx';
import { useWords } from '../../ui/use-words.ts';
import { QueueBar } from './QueueBar.tsx';
import { QueueList, SkeletonRow } from './QueueList.tsx';
import { QueueEmpty, QueueFailure } from './QueueStates.tsx';
import { QueueTabs } from './QueueTabs.tsx';
import css from './queue.module.css';
import { useList } from './use-list.ts';

const skeletonRows = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** The queue: everything the desk's filter holds, most urgent first. */
export function QueuePanel() {
  const t = useWords('queue');
  const list = useList();
  const filter = useFilter();
  const counts = useQuery('areaCounts', { filter: { ...filter, metric: 'recorded' } }, ['case']);
  const pill = useRef<() => void>(() => undefined);
  const { snapshot } = list;
  const present = counts.data?.total.counts ?? null;
  // A case that grew late by the clock alone changes no row: the count tells.
  const drift =
    present === null || snapshot.opening || snapshot.counting ? 0 : (present[filter.metric] ?? 0) - snapshot.total;
  const added = Math.max(snapshot.delta.added, drift);
  const removed = Math.max(snapshot.delta.removed, -drift);
  return (
    <section className={css.panel} aria-label={t('title')}>
      <QueueTabs counts={present} added={added} removed={removed} onReopen={() => pill.current()} />
      <QueueBar list={list} />
      {snapshot.failure !== null && <QueueFailure failure={snapshot.failure} onRetry={() => void list.reopen()} />}
      {snapshot.listId === null && snapshot.failure === null ? (
        <div className={css.list} aria-busy>
          <div className={css.rows} role="presentation">
            {skeletonRows.map((index) => (
              <SkeletonRow key={index} top={index * 51} index={index} />
            ))}
          </div>
        </div>
      ) : (
        <>
          {snapshot.total === 0 && snapshot.failure === null && <QueueEmpty />}
          <QueueList list={list} pill={pill} />
        </>
      )}
      <NoticePlace closeLabel={t('closeNotice')} />
    </section>
  );
}
