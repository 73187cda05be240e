import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { Moment } from '../../ui/Moment.tsx';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';
import { MessageState } from './MessageState.tsx';

/** Every message of every urging of the case, newest first, by recipient. */
export function Messages({ detail, now }: { detail: CaseDetail; now: number }) {
  const t = useWords('case');
  if (detail.messages.length === 0) return null;
  return (
    <section aria-label={t('messages.title')}>
      <h3 className={css.heading}>{t('messages.title')}</h3>
      <ul className={css.messages}>
        {[...detail.messages].reverse().map((message) => (
          <li key={message.id}>
            <span>
              {message.personName} <span className={css.muted}>{t(`codes:urgeDegree.${message.degree}`)}</span>
            </span>
            <MessageState message={message} />
            <span className={css.muted}>
              <Moment at={message.failedAt ?? message.deliveredAt ?? message.sentAt ?? message.queuedAt} now={now} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
