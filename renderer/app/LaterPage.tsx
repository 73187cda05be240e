import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import css from './screens.module.css';
import { type LaterWorkspace, useShell } from './workspaces.ts';

/** A workspace that is not in this version says so, what it will hold and what can be done instead. */
export function LaterPage({ workspace }: { workspace: LaterWorkspace }) {
  const { t } = useTranslation('app');
  const contents = t(`later.${workspace}.what`, { returnObjects: true }) as string[];
  return (
    <div className={css.page} data-testid={`later-${workspace}`}>
      <h2 className={css.heading}>{t('later.notice')}</h2>
      <section className={css.section}>
        <h2>{t('later.contents')}</h2>
        <ul>
          {contents.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <section className={css.section}>
        <h2>{t('later.meanwhile')}</h2>
        <p>{t(`later.${workspace}.now`)}</p>
        <div>
          <Button size="sm" onClick={() => useShell.getState().open('desk')} data-testid="back-to-desk">
            {t('later.back')}
          </Button>
        </div>
      </section>
    </div>
  );
}
