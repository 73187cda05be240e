import { CloseButton } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { useCommand } from '../../data/use-command.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './case.module.css';

/** What of this case the server has not yet taken, and what it sent back, with the reason. */
export function CaseNotices({ detail }: { detail: CaseDetail }) {
  const t = useWords('case');
  const { run } = useCommand('dismissRejected');
  const rejected = detail.commands.filter((command) => command.state === 'rejected');
  const waiting = detail.commands.length - rejected.length;
  if (detail.commands.length === 0) return null;
  return (
    <div className={css.notices}>
      {waiting > 0 && (
        <p className={css.pending} role="status" data-testid="pending-mark">
          <IconClock size={14} aria-hidden /> {t('notice.pending', { n: waiting })}
        </p>
      )}
      {rejected.map((command) => (
        <p key={command.id} className={css.rejected} role="alert" data-testid="case-rejected">
          <span>
            {t('notice.rejected', { command: t(`codes:command.${command.name}`) })}
            {t(`codes:refusal.${command.reason ?? 'argumentsInvalid'}.title`)}。
            {t(`codes:refusal.${command.reason ?? 'argumentsInvalid'}.advice`)}
          </span>
          <CloseButton size="sm" aria-label={t('notice.seen')} onClick={() => void run({ commandIds: [command.id] })} />
        </p>
      ))}
    </div>
  );
}
