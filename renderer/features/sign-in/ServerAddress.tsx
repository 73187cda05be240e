import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useServerUrl } from '../../data/use-server-url.ts';
import css from './sign-in.module.css';

/** Asks for the address of the central server; the workers start anew with it and the page is loaded again. */
export function ServerAddress({ initial, onCancel }: { initial: string; onCancel: (() => void) | null }) {
  const { t } = useTranslation('signin');
  const { address, refused, write, onSubmit } = useServerUrl(initial);
  return (
    <form className={css.form} onSubmit={onSubmit} data-testid="server-address">
      <TextInput
        label={t('serverTitle')}
        description={t('serverHint')}
        autoFocus
        value={address}
        error={refused ? t('badServer') : undefined}
        onChange={(event) => write(event.currentTarget.value)}
      />
      <Button type="submit" size="sm" fullWidth>
        {t('saveServer')}
      </Button>
      {onCancel && (
        <Button size="sm" fullWidth variant="default" onClick={onCancel}>
          {t('cancel')}
        </Button>
      )}
    </form>
  );
}
