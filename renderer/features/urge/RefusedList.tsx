import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './urge.module.css';
import type { Urge } from './use-urge.ts';

/** Cases that take no urging, each with the reason: before sending from the preview, after it from the answer. */
export function RefusedList({ urge }: { urge: Urge }) {
  const t = useWords('urge');
  const refused = urge.answer?.refused ?? urge.plan.refused;
  if (refused.length === 0) return null;
  return (
    <div className={css.refused} role="alert" data-testid="urge-refused">
      {urge.answer !== null && <p>{t('partly', { n: formatCount(urge.answer.queued.length) })}</p>}
      <p>{t('refused', { n: formatCount(refused.length) })}</p>
      <ul>
        {refused.map(({ caseId, reason }) => (
          <li key={caseId}>
            <span>{urge.rows.get(caseId)?.title ?? caseId}</span>
            <span>
              {t('reason', { title: t(`codes:refusal.${reason}.title`), advice: t(`codes:refusal.${reason}.advice`) })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
