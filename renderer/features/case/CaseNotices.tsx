import { Button } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { useDesk } from '../../data/desk-store.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';

/** What of this case the server has not yet taken, and what it sent back, with the reason. */
export function CaseNotices({ detail }: { detail: CaseDetail }) {
  const t = useWords('case');
  const set = useDesk((desk) => desk.set);
  const rejected = detail.commands.filter((command) => command.state === 'rejected');
  const choked = detail.commands.find((command) => command.state !== 'rejected' && command.chokedAt !== null);
  const waiting = detail.commands.length - rejected.length;
  if (detail.commands.length === 0) return null;
  return (
    <div className={css.notices}>
      {waiting > 0 && (
        <p className={css.pending} role="status" data-testid="pending-mark">
          <IconClock size={14} aria-hidden /> {t('notice.pending', { n: waiting })}
        </p>
      )}
      {choked && (
        <p className={css.pending} role="status" data-testid="case-choked">
          <IconClock size={14} aria-hidden /> {t('notice.choked', { command: t(`codes:command.${choked.name}`) })}
        </p>
      )}
      {rejected.map((command) => (
        <p key={command.id} className={css.rejected} role="alert" data-testid="case-rejected">
          <span>
            {t('notice.rejected', {
              command: t(`codes:command.${command.name}`),
              title: t(`codes:refusal.${command.reason ?? 'argumentsInvalid'}.title`),
              advice: t(`codes:refusal.${command.reason ?? 'argumentsInvalid'}.advice`),
            })}
          </span>
          <Button
            variant="default"
            size="compact-xs"
            data-testid="case-rejected-open"
            onClick={() => set({ action: { kind: 'conflicts', commandId: command.id } })}
          >
            {t('notice.decide')}
          </Button>
        </p>
      ))}
    </div>
  );
}
