import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import { Moment } from '../../ui/Moment.tsx';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';
import own from './case-steps.module.css';

/** Every extension that was asked for, newest first: from which due to which, why, and what came of it. */
export function Extensions({ detail, now }: { detail: CaseDetail; now: number }) {
  const t = useWords('case');
  const { extensions } = detail.work;
  if (extensions.length === 0) return null;
  return (
    <section aria-label={t('extensions.title')} data-testid="case-extensions">
      <h3 className={css.heading}>{t('extensions.title')}</h3>
      <ol className={own.extensions}>
        {[...extensions].reverse().map((one) => (
          <li key={one.id} data-testid="extension" data-state={one.state} data-late={one.late || undefined}>
            <span>
              <b>{t(`codes:extensionState.${one.state}`)}</b>
              {one.late && <em>{t('extensions.late')}</em>}
            </span>
            <span>
              {t('extensions.fromTo', { from: formatDateTime(one.fromDueAt), to: formatDateTime(one.newDueAt) })}
            </span>
            <span>
              {t('extensions.asked', { name: one.askedBy })} <Moment at={one.askedAt} now={now} />
            </span>
            <span className={own.words}>{one.reason}</span>
            {one.decidedAt !== null && (
              <span>
                {t('extensions.decided', { name: one.decidedBy ?? '—' })} <Moment at={one.decidedAt} now={now} />
              </span>
            )}
            {one.decision !== '' && <span className={own.words}>{one.decision}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
