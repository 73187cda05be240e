import { IconClock } from '@tabler/icons-react';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { Moment } from '../../ui/Moment.tsx';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';
import { eventText } from './event-text.ts';

/** What happened, newest first. A line that the server does not have yet wears the clock. */
export function Timeline({ events, now }: { events: CaseDetail['timeline']; now: number }) {
  const t = useWords('case');
  return (
    <section aria-label={t('timeline')}>
      <h3 className={css.heading}>{t('timeline')}</h3>
      <ol className={css.timeline}>
        {[...events].reverse().map((event) => (
          <li key={event.id} data-testid="timeline-line" data-kind={event.kind} data-pending={event.pending}>
            <span className={css.when}>
              <Moment at={event.at} now={now} />
            </span>
            <span className={css.what}>
              {event.pending && (
                <span className={css.pendingMark} title={t('pendingLine')} data-testid="pending-mark">
                  <IconClock size={13} aria-label={t('pendingLine')} />
                </span>
              )}
              {eventText(event, t)}
              {event.actorName !== null && <span className={css.muted}> · {event.actorName}</span>}
              {event.note !== '' && <span className={css.note}>{event.note}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
