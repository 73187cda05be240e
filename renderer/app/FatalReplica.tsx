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
  // Starting again helps where the machine or the program is mended meanwhile, never where the file itself is broken.
  const again = !aside || fatal.kind === 'replicaTooNew';
  return (
    <main className={css.centre} data-testid="fatal-replica" data-kind={fatal.kind}>
      <div className={css.plane} role="alert">
        <p className={css.over}>{t('app:fatal.title')}</p>
        <h1 className={css.title}>{t([`codes:error.${fatal.kind}.title`, 'codes:error.internal.title'])}</h1>
        <p className={css.body}>{t([`codes:error.${fatal.kind}.advice`, 'codes:error.internal.advice'])}</p>
        <p className={css.note}>{aside ? t('app:fatal.setAsideNote') : t('app:fatal.kept')}</p>
        <div className={css.row}>
          {aside && (
            <Button
              size="sm"
              variant={again ? 'default' : 'filled'}
              disabled={busy}
              data-testid="fatal-set-aside"
              onClick={() => act('setReplicaAside')}
            >
              {t('app:fatal.setAside')}
            </Button>
          )}
          <Button
            size="sm"
            variant={again ? 'filled' : 'default'}
            loading={busy}
            data-testid="fatal-retry"
            onClick={() => act('relaunch')}
          >
            {t('app:fatal.retry')}
          </Button>
          <Button size="sm" variant="default" onClick={() => act('openLogs')}>
            {t('app:fatal.logs')}
          </Button>
        </div>
        <details className={css.details}>
          <summary>{t('app:error.detail')}</summary>
          <p>{[fatal.message, fatal.detail].filter(Boolean).join(' · ')}</p>
        </details>
      </div>
    </main>
  );
}
