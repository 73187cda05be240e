import type { CountMetric } from '../../../shared/model/metrics/dictionary.ts';
import { useDesk } from '../../data/desk-store.ts';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './queue.module.css';

const tabs = ['openOverdue', 'dueSoon', 'highRisk', 'open'] as const satisfies readonly CountMetric[];

interface Props {
  counts: Partial<Record<CountMetric, number>> | null;
  added: number;
  removed: number;
  onReopen(): void;
}

/** Which of the cohort's cases are listed: the same measures as the tiles and the same state, so they can never say different things. */
export function QueueTabs({ counts, added, removed, onReopen }: Props) {
  const t = useWords('queue');
  const metric = useDesk((desk) => desk.metric);
  const narrow = useDesk((desk) => desk.narrow);
  const shown: readonly CountMetric[] = (tabs as readonly CountMetric[]).includes(metric) ? tabs : [...tabs, metric];
  return (
    <div className={css.tabs}>
      {shown.map((one) => (
        <button
          key={one}
          type="button"
          className={css.tab}
          aria-pressed={one === metric}
          data-tone={one === 'openOverdue' ? 'overdue' : undefined}
          data-testid={`queue-tab-${one}`}
          onClick={() => narrow({ metric: one })}
        >
          {(tabs as readonly string[]).includes(one) ? t(`tab.${one}`) : t(`codes:metric.count.${one}.name`)}{' '}
          {counts === null ? '' : formatCount(counts[one] ?? 0)}
        </button>
      ))}
      {added + removed > 0 && (
        <button
          type="button"
          className={css.pill}
          data-testid="queue-new-pill"
          title={t('pill.hint')}
          onClick={onReopen}
        >
          {[
            added > 0 ? t('pill.added', { n: formatCount(added) }) : null,
            removed > 0 ? t('pill.removed', { n: formatCount(removed) }) : null,
          ]
            .filter((part) => part !== null)
            .join(' · ')}
        </button>
      )}
    </div>
  );
}
