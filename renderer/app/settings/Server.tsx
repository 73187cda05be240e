import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLaunch } from '../../data/launch.ts';
import { useServerUrl } from '../../data/use-server-url.ts';
import css from '../screens.module.css';

export function Server() {
  const { t } = useTranslation('settings');
  const known = useLaunch((state) => state.info?.serverUrl ?? '');
  const { address, refused, changed, write, onSubmit } = useServerUrl(known);
  return (
    <form className={css.section} onSubmit={onSubmit}>
      <h2>{t('server')}</h2>
      <TextInput
        w={480}
        aria-label={t('server')}
        description={t('serverHint')}
        value={address}
        error={refused ? t('badServer') : undefined}
        onChange={(event) => write(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" variant="default" size="sm" disabled={!changed}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
