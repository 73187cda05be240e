import { useTranslation } from 'react-i18next';
import { useLaunch } from '../../data/launch.ts';
import css from '../screens.module.css';
import { Appearance } from './Appearance.tsx';
import { Deadlines } from './Deadlines.tsx';
import { Keys } from './Keys.tsx';
import { MetricDictionary } from './MetricDictionary.tsx';
import { Server } from './Server.tsx';

export function Settings() {
  const { t } = useTranslation('settings');
  const info = useLaunch((state) => state.info);
  return (
    <div className={css.page} data-testid="settings">
      <Appearance />
      <Server />
      <Keys />
      <MetricDictionary />
      <Deadlines />
      <section className={css.section}>
        <h2>{t('about')}</h2>
        <p>{t('aboutText')}</p>
        <p>{t('version', { version: info?.appVersion ?? '' })}</p>
        {info?.demo && <p className={css.warning}>{t('demo')}</p>}
      </section>
    </div>
  );
}
