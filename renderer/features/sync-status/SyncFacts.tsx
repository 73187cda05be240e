import { Popover } from '@mantine/core';
import { type ReactNode, useCallback, useState } from 'react';
import type { SyncStatus } from '../../../shared/model/sync-status.ts';
import { Moment } from '../../ui/Moment.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { useDialogEscape } from '../../ui/use-dialog-escape.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './sync-strip.module.css';

/** How far the data here can be trusted: on demand, when they were last in step and last compared with the server, and what that put right. */
export function SyncFacts({ status, now, children }: { status: SyncStatus | null; now: number; children: ReactNode }) {
  const t = useWords('sync');
  const [open, setOpen] = useState(false);
  useDialogEscape(
    open,
    useCallback(() => setOpen(false), []),
  );
  const moment = (at: number | null | undefined, otherwise: string): ReactNode =>
    at == null ? otherwise : <Moment at={at} now={now} />;
  const mended = status?.repairedRows ?? 0;
  return (
    <Popover opened={open} onChange={setOpen} closeOnEscape={false} position="top-start" width={320} withArrow>
      <Popover.Target>
        <button
          type="button"
          className={css.age}
          title={t('facts.open')}
          data-testid="sync-facts-button"
          onClick={() => setOpen((before) => !before)}
        >
          {children}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('facts.open')} data-testid="sync-facts">
        <dl className={css.facts}>
          <dt>{t('facts.confirmed')}</dt>
          <dd>{moment(status?.confirmedAt, t('none'))}</dd>
          <dt>{t('facts.verified')}</dt>
          <dd data-testid="sync-verified">{moment(status?.verifiedAt, t('facts.notYet'))}</dd>
          <dt>{t('facts.mended')}</dt>
          <dd data-testid="sync-mended">
            {mended > 0
              ? t('facts.mendedRows', { count: mended, n: formatCount(mended) })
              : t(status?.verifiedAt == null ? 'none' : 'facts.nothingMended')}
          </dd>
        </dl>
        <p className={css.how}>{t('facts.how')}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
