import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shellCall } from '../../data/bridge.ts';
import { useLaunch } from '../../data/launch.ts';
import css from '../screens.module.css';

export function Server() {
  const { t } = useTranslation('settings');
  const known = useLaunch((state) => state.info?.serverUrl ?? '');
  const [address, setAddress] = useState(known);
  const [refused, setRefused] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    try {
      await shellCall('saveServerUrl', { serverUrl: address.trim() });
    } catch {
      setRefused(true);
    }
  };
  return (
    <form className={css.section} onSubmit={(event) => void submit(event)}>
      <h2>{t('server')}</h2>
      <TextInput
        w={480}
        aria-label={t('server')}
        description={t('serverHint')}
        value={address}
        error={refused ? t('badServer') : undefined}
        onChange={(event) => {
          setAddress(event.currentTarget.value);
          setRefused(false);
        }}
      />
      <div>
        <Button type="submit" variant="default" size="sm" disabled={address.trim() === known}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
