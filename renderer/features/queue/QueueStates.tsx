import { Button } from '@mantine/core';
import { shapeOfFailure } from '../../../shared/errors.ts';
import { useDesk } from '../../data/desk-store.ts';
import { useStatus } from '../../data/use-status.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './queue.module.css';

/** Nothing in the list: what would be here, why it is not, and the one step that brings it. */
export function QueueEmpty() {
  const t = useWords('queue');
  const status = useStatus();
  const desk = useDesk();
  const narrowed =
    desk.sources.length + desk.categories.length > 0 ||
    desk.campaign !== null ||
    desk.work !== null ||
    desk.text !== '' ||
    desk.caseIds !== null;
  const waiting = status === null || status.rev === null;
  const kind = waiting ? 'noData' : narrowed ? 'narrowed' : 'none';
  return (
    <div className={css.state} role="status" data-testid="queue-empty">
      <h2>{t(`empty.${kind}.title`, { metric: t(`codes:metric.count.${desk.metric}.name`) })}</h2>
      <p>{t(`empty.${kind}.advice`)}</p>
      <div className={css.ways}>
        {kind === 'narrowed' && desk.caseIds === null && desk.metric !== 'recorded' && (
          <Button variant="default" onClick={() => desk.narrow({ metric: 'recorded', periodKey: 'all' })}>
            {t('empty.everywhere')}
          </Button>
        )}
        {kind === 'narrowed' && (
          <Button
            variant="default"
            onClick={() => desk.narrow({ sources: [], categories: [], campaign: null, work: null, text: '' })}
          >
            {t('empty.clear')}
          </Button>
        )}
        {kind === 'none' && desk.periodKey !== 'all' && (
          <Button variant="default" onClick={() => desk.narrow({ periodKey: 'all' })}>
            {t('empty.allTime')}
          </Button>
        )}
      </div>
    </div>
  );
}

export function QueueFailure({ failure, onRetry }: { failure: unknown; onRetry(): void }) {
  const t = useWords('queue');
  const { kind } = shapeOfFailure(failure);
  return (
    <div className={css.state} role="alert" data-testid="queue-failure">
      <h2>{t('failure.title')}</h2>
      <p>
        {t(`codes:error.${kind}.title`)} {t(`codes:error.${kind}.advice`)}
      </p>
      <Button variant="default" onClick={onRetry}>
        {t('failure.retry')}
      </Button>
    </div>
  );
}
