import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PendingCommand } from '../../../shared/model/case-view.ts';
import { formatDateTime } from '../../../shared/time/shanghai.ts';
import { useCommand } from '../../data/use-command.ts';
import { useQuery } from '../../data/use-query.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import css from './rejected-tray.module.css';

interface Props {
  opened: boolean;
  onClose(): void;
  onOpenCase(caseId: string): void;
}

/** Commands the county server refused: which case, what was asked, why. They stay until a person has seen them. */
export function RejectedTray({ opened, onClose, onOpenCase }: Props) {
  const { t } = useTranslation('sync');
  const { data, refresh } = useQuery('pendingCommands', opened ? {} : null, ['case']);
  const rejected = data?.commands.filter((command) => command.state === 'rejected') ?? [];
  return (
    <Dialog opened={opened} onClose={onClose} title={t('rejected.title')} size="lg" closeLabel={t('rejected.close')}>
      <ul className={css.list} data-testid="rejected-tray">
        {rejected.map((command) => (
          <Item key={command.id} command={command} onDismissed={refresh} onOpenCase={onOpenCase} />
        ))}
      </ul>
      {data && rejected.length === 0 && (
        <p className={css.empty}>
          {t('rejected.empty')}
          <span>{t('rejected.emptyHint')}</span>
        </p>
      )}
    </Dialog>
  );
}

function Item({
  command,
  onDismissed,
  onOpenCase,
}: {
  command: PendingCommand;
  onDismissed(): void;
  onOpenCase(caseId: string): void;
}) {
  const { t } = useTranslation(['sync', 'codes']);
  const { data } = useQuery('caseDetail', { caseId: command.caseId }, []);
  const { run, running } = useCommand('dismissRejected');
  const dismiss = async (): Promise<void> => {
    if (await run({ commandIds: [command.id] })) onDismissed();
  };
  return (
    <li className={css.item} data-testid="rejected-item" data-command-id={command.id}>
      <div className={css.what}>
        <b>{data?.case.title ?? command.caseId}</b>
        <span>{data?.case.no}</span>
      </div>
      <p>
        {t(`codes:command.${command.name}`, { defaultValue: command.name })}
        <time>{formatDateTime(command.issuedAt)}</time>
      </p>
      <p className={css.reason}>
        {t([
          `codes:refusal.${command.reason}.title`,
          `codes:error.${command.reason}.title`,
          'codes:error.internal.title',
        ])}
        <span>
          {t([
            `codes:refusal.${command.reason}.advice`,
            `codes:error.${command.reason}.advice`,
            'codes:error.internal.advice',
          ])}
        </span>
      </p>
      <div className={css.actions}>
        <Button variant="default" onClick={() => onOpenCase(command.caseId)}>
          {t('sync:rejected.open')}
        </Button>
        <Button loading={running} onClick={() => void dismiss()} data-testid="rejected-dismiss">
          {t('sync:rejected.dismiss')}
        </Button>
      </div>
    </li>
  );
}
