import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLaunch } from '../data/launch.ts';
import { useStatus } from '../data/use-status.ts';
import { formatCount } from '../ui/numbers.ts';
import css from './shell.module.css';

/** Said after this workstation's data file was found damaged and made anew: that nothing given was lost, how far the rest is, and where the old file lies. */
export function Healed() {
  const { t } = useTranslation('app');
  const healed = useLaunch((state) => state.info?.healed ?? null);
  const status = useStatus();
  const [seenAt, setSeenAt] = useState<number | null>(null);
  if (!healed || healed.at === seenAt) return null;
  const whole = status !== null && status.rev !== null;
  const down = status?.state === 'offline' || status?.state === 'blocked';
  const stage = whole ? 'done' : down ? 'waiting' : 'running';
  return (
    <div className={css.bar} role="alert" data-testid="healed" data-stage={stage}>
      <span>
        {t(`healed.${stage}`)}
        {t('healed.kept', { count: healed.pending, n: formatCount(healed.pending) })}
        {healed.rejected > 0 && t('healed.rejected', { count: healed.rejected, n: formatCount(healed.rejected) })}
        <small className={css.where}>{t('healed.movedTo', { file: healed.movedTo })}</small>
      </span>
      <Button variant="default" onClick={() => setSeenAt(healed.at)}>
        {t('error.dismiss')}
      </Button>
    </div>
  );
}
