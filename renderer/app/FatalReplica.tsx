import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shellCall } from '../data/bridge.ts';
import type { LaunchInfo } from '../data/launch.ts';
import css from './screens.module.css';

/** Kinds that a new file would mend; the others want the disk or its permissions mended. */
const mendedByNewFile = ['replicaTooNew', 'replicaNotSqlite', 'replicaDamaged'];

export function FatalReplica({ fatal }: { fatal: NonNullable<LaunchInfo['fatal']> }) {
  const { t } = useTranslation(['app', 'codes']);
  const [busy, setBusy] = useState(false);
  const act = (name: 'relaunch' | 'setReplicaAside' | 'openLogs'): void => {
    setBusy(name !== 'openLogs');
    shellCall(name, {}).catch(() => setBusy(false));
  };
  const aside = mendedByNewFile.includes(fatal.kind);
  return (
    <section className={css.centre} role="alert" data-testid="fatal-replica" data-kind={fatal.kind}>
      <div className={css.plane}>
        <p className={css.over}>{t('app:fatal.title')}</p>
        <h1 className={css.title}>{t([`codes:error.${fatal.kind}.title`, 'codes:error.internal.title'])}</h1>
        <p className={css.body}>{t([`codes:error.${fatal.kind}.advice`, 'codes:error.internal.advice'])}</p>
        <p className={css.note}>{aside ? t('app:fatal.setAsideNote') : t('app:fatal.kept')}</p>
        <div className={css.row}>
          <Button size="sm" loading={busy} onClick={() => act('relaunch')}>
            {t('app:fatal.retry')}
          </Button>
          {aside && (
            <Button
              size="sm"
              variant="default"
              disabled={busy}
              onClick={() => act('setReplicaAside')}
              data-testid="fatal-set-aside"
            >
              {t('app:fatal.setAside')}
            </Button>
          )}
          <Button size="sm" variant="default" onClick={() => act('openLogs')}>
            {t('app:fatal.logs')}
          </Button>
        </div>
        <details className={css.details}>
          <summary>{t('app:error.detail')}</summary>
          <p>{[fatal.message, fatal.detail].filter(Boolean).join(' · ')}</p>
        </details>
      </div>
    </section>
  );
}
