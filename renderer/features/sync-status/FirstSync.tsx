import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStatus } from '../../data/use-status.ts';
import { formatCount } from '../../ui/numbers.ts';
import css from './first-sync.module.css';

/** While the county's data arrive for the first time: how far it is. A bar, not a wall: what has arrived can be worked on. */
export function FirstSync() {
  const { t } = useTranslation('sync');
  const status = useStatus();
  if (status?.state !== 'firstSync') return null;
  const { done, total, step } = status.progress ?? { done: 0, total: 0, step: 'rows' };
  const share = total === 0 ? 0 : Math.min(100, Math.floor((done * 100) / total));
  return (
    <section className={css.bar} data-testid="first-sync">
      <strong>{t('first.title')}</strong>
      <span>{t('first.body')}</span>
      <Progress className={css.progress} value={share} aria-label={t('first.title')} size="sm" />
      <span className={css.of}>
        {total === 0 ? t('first.waiting') : t(`first.${step}`, { done: formatCount(done), total: formatCount(total) })}
      </span>
    </section>
  );
}
