import { SegmentedControl, Slider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localeSchema, themeSchema } from '../../../shared/ipc/contract.ts';
import { usePreferences } from '../../data/preferences.ts';
import css from '../screens.module.css';

/** Theme, language and size of text: each takes hold at once and is kept. */
export function Appearance() {
  const { t } = useTranslation('settings');
  const { value, change } = usePreferences();
  return (
    <section className={css.section} style={{ borderTop: 0, paddingTop: 0 }}>
      <h2>{t('appearance')}</h2>
      <div className={css.field}>
        <span>{t('theme')}</span>
        <SegmentedControl
          w={240}
          aria-label={t('theme')}
          data-testid="setting-theme"
          value={value.theme}
          data={themeSchema.options.map((theme) => ({ value: theme, label: t(theme) }))}
          onChange={(theme) => change({ theme: themeSchema.parse(theme) })}
        />
      </div>
      <div className={css.field}>
        <span>{t('language')}</span>
        <SegmentedControl
          w={240}
          aria-label={t('language')}
          data-testid="setting-locale"
          value={value.locale}
          data={localeSchema.options.map((locale) => ({ value: locale, label: t(`languageName.${locale}`) }))}
          onChange={(locale) => change({ locale: localeSchema.parse(locale) })}
        />
      </div>
      <div className={css.field}>
        <span>{t('fontScale')}</span>
        <Slider
          w={240}
          min={100}
          max={200}
          step={10}
          thumbLabel={t('fontScale')}
          label={(scale) => t('fontScaleValue', { value: scale })}
          value={value.fontScale}
          onChange={(fontScale) => change({ fontScale })}
        />
        <span data-testid="font-scale">{t('fontScaleValue', { value: value.fontScale })}</span>
      </div>
    </section>
  );
}
