import { useTranslation } from 'react-i18next';
import { useNow } from '../../data/clock.ts';
import { useDesk } from '../../data/desk-store.ts';
import { useCommand } from '../../data/use-command.ts';
import { useStatus } from '../../data/use-status.ts';
import { formatCount } from '../../ui/numbers.ts';
import { SyncFacts } from './SyncFacts.tsx';
import { ageOf, clockText } from './strip-words.ts';
import css from './sync-strip.module.css';

/** What the dot looks like: shape and colour, beside the word. */
const looks = {
  signedOut: 'ring',
  connecting: 'ring',
  firstSync: 'half',
  catchingUp: 'half',
  live: 'full',
  offline: 'hollow',
  blocked: 'triangle',
} as const;

/** The strip at the foot of every screen. It never moves: each part keeps its width. */
export function SyncStrip() {
  const { t } = useTranslation(['sync', 'codes']);
  const status = useStatus();
  const now = useNow();
  const { run } = useCommand('syncNow');
  const state = status?.state ?? null;
  const waiting = state === 'offline' || state === 'blocked';
  const reason = status?.reason ? t([`codes:error.${status.reason}.title`, 'codes:error.internal.title']) : null;
  const openTray = (): void => useDesk.getState().set({ action: { kind: 'conflicts' } });
  const age = ageOf(status?.confirmedAt ?? null, now);
  return (
    <section className={css.strip} aria-label={t('sync:strip')}>
      <span
        className={css.state}
        data-testid="sync-dot"
        data-state={state ?? 'starting'}
        role="status"
        title={reason ?? undefined}
      >
        <i className={css.dot} data-look={state ? looks[state] : 'ring'} aria-hidden />
        {t(`sync:state.${state ?? 'starting'}`)}
        {status?.progress && <b>{`${formatCount(status.progress.done)} / ${formatCount(status.progress.total)}`}</b>}
      </span>
      <span>
        {t('sync:rev')} <b data-testid="sync-rev">{status?.rev == null ? t('sync:none') : formatCount(status.rev)}</b>
      </span>
      <span
        data-alert={(status?.pending ?? 0) > 0 || undefined}
        title={t('sync:queued', { count: status?.pending ?? 0 })}
      >
        {t('sync:pending')} <b data-testid="sync-pending">{formatCount(status?.pending ?? 0)}</b>
      </span>
      <SyncFacts status={status} now={now}>
        {t('sync:age')} <b data-testid="sync-age">{age ? t(`sync:ago.${age.unit}`, { n: age.n }) : t('sync:none')}</b>
      </SyncFacts>
      {(status?.rejected ?? 0) > 0 && (
        <button type="button" className={css.rejected} data-testid="rejected-button" onClick={openTray}>
          ▲ {t('sync:rejected.button', { count: status?.rejected ?? 0 })}
        </button>
      )}
      {(status?.choked ?? 0) > 0 && (
        <button type="button" className={css.choked} data-testid="choked-button" onClick={openTray}>
          ◐ {t('sync:choked', { count: status?.choked ?? 0 })}
        </button>
      )}
      {waiting && (
        <>
          <span className={css.note}>
            {state !== 'offline' ? reason : reason === null ? t('sync:offlineNote') : t('sync:offlineWith', { reason })}
          </span>
          <button type="button" className={css.retry} onClick={() => void run({})}>
            {t('sync:retry')}
          </button>
        </>
      )}
      <time className={css.clock} data-testid="server-clock">
        {clockText(now, t('sync:weekday', { returnObjects: true }) as string[])}
      </time>
    </section>
  );
}
