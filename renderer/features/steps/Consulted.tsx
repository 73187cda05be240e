import type { CaseWork } from '../../../shared/model/case-view.ts';
import { consultationsFor } from '../../../shared/model/commands/escalate-case.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './steps.module.css';

/** How many consultations there have been where the case is held, of how many it needs to leave upwards. */
export function Consulted({ work }: { work: CaseWork }) {
  const t = useWords('climb');
  const { level, held, needed } = consultationsFor(work.escalations, work.consultations, work.rules);
  const enough = held >= needed;
  return (
    <p className={enough ? css.state : css.warn} data-testid="consulted">
      {t('heldAt', { level: t(`codes:level.${level}`) })}
      {' · '}
      {level === 'county'
        ? t('consultedCounty', { held })
        : t(enough ? 'consulted' : 'consultedMissing', {
            level: t(`codes:level.${level}`),
            held,
            needed,
            missing: needed - held,
          })}
    </p>
  );
}
