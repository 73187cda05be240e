import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shellCall } from '../../data/bridge.ts';
import css from './sign-in.module.css';

/** Asks for the address of the central server; the workers start anew with it and the page is loaded again. */
export function ServerAddress({ initial, onCancel }: { initial: string; onCancel: (() => void) | null }) {
  const { t } = useTranslation('signin');
  const [address, setAddress] = useState(initial);
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
    <form className={css.form} onSubmit={(event) => void submit(event)} data-testid="server-address">
      <TextInput
        label={t('serverTitle')}
        description={t('serverHint')}
        autoFocus
        value={address}
        error={refused ? t('badServer') : undefined}
        onChange={(event) => {
          setAddress(event.currentTarget.value);
          setRefused(false);
        }}
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
