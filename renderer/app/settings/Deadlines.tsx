import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { deadlineRulesSchema } from '../../../shared/model/deadlines.ts';
import { partsOf } from '../../../shared/time/shanghai.ts';
import { useAsOf } from '../../data/clock.ts';
import { useRegister } from '../../data/use-register.ts';
import css from '../screens.module.css';

/** The rules in force and the years the working calendar covers, as the central server sent them. */
export function Deadlines() {
  const { t } = useTranslation(['settings', 'codes']);
  const { settings } = useRegister();
  const rules = deadlineRulesSchema.safeParse(settings.deadlineRules);
  const coverage = z.array(z.int()).catch([]).parse(settings.calendarCoverage);
  const year = partsOf(useAsOf()).year;
  const uncovered = [year, year + 1].filter((each) => !coverage.includes(each));
  return (
    <section className={css.section} data-testid="deadlines">
      <h2>{t('settings:deadlines')}</h2>
      {rules.success ? (
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{t('settings:rule')}</th>
              <th scope="col">{t('settings:days')}</th>
              <th scope="col">{t('settings:basis')}</th>
            </tr>
          </thead>
          <tbody>
            {rules.data.map((rule) => (
              <tr key={rule.id}>
                <td>{t(`codes:deadlineRule.${rule.id}`, { defaultValue: rule.id })}</td>
                <td>{t(rule.working ? 'settings:workingDays' : 'settings:calendarDays', { n: rule.days })}</td>
                <td>{t(`settings:basisOf.${rule.basis}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className={css.note}>{t('settings:noRules')}</p>
      )}
      <p>
        {t('settings:coverage', {
          years: coverage.length > 0 ? coverage.join(t('settings:and')) : t('settings:noCoverage'),
        })}
      </p>
      {uncovered.length > 0 && (
        <p className={css.warning} role="note" data-testid="calendar-warning">
          ▲ {t('settings:uncovered', { years: uncovered.join(t('settings:and')) })}
        </p>
      )}
    </section>
  );
}
