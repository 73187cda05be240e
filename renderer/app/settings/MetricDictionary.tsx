import { useTranslation } from 'react-i18next';
import { countMetricNames, rateMetricNames } from '../../../shared/model/metrics/dictionary.ts';
import css from '../screens.module.css';

/** Every metric the program reckons, by the same list that reckons it. */
export function MetricDictionary() {
  const { t } = useTranslation(['settings', 'codes']);
  const keys = [
    ...countMetricNames.map((name) => `codes:metric.count.${name}`),
    ...rateMetricNames.map((name) => `codes:metric.rate.${name}`),
  ];
  return (
    <section className={css.section} data-testid="metric-dictionary">
      <h2>{t('settings:metrics')}</h2>
      <p>{t('settings:metricsHint')}</p>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('settings:metric')}</th>
            <th scope="col">{t('settings:formula')}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key}>
              <td>{t(`${key}.name`)}</td>
              <td>
                {t(`${key}.formula`)} <span className={css.note}>{t(`${key}.note`, { defaultValue: '' })}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={css.note}>{t('codes:metric.rule.choice')}</p>
    </section>
  );
}
