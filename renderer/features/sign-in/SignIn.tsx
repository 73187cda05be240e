import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type SubmitEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLaunch } from '../../data/launch.ts';
import { useCommand } from '../../data/use-command.ts';
import { ServerAddress } from './ServerAddress.tsx';
import css from './sign-in.module.css';

/** Signing in. What was typed as user name stays after a failure, and stays where it is; the password is typed anew. */
export function SignIn() {
  const { t } = useTranslation(['signin', 'app', 'codes']);
  const serverUrl = useLaunch((state) => state.info?.serverUrl ?? '');
  const [changing, setChanging] = useState(serverUrl === '');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const passwordField = useRef<HTMLInputElement>(null);
  const { run, running, failure } = useCommand('signIn');

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (await run({ username: username.trim(), password })) return;
    setPassword('');
    passwordField.current?.focus();
  };

  return (
    <main className={css.page}>
      <div className={css.plane}>
        <header className={css.head}>
          <span className={css.logo} aria-hidden>
            {t('app:mark')}
          </span>
          <div>
            <h1>{t('app:name')}</h1>
            <p>{t('signin:subtitle')}</p>
          </div>
        </header>
        {changing ? (
          <ServerAddress initial={serverUrl} onCancel={serverUrl === '' ? null : () => setChanging(false)} />
        ) : (
          <form className={css.form} onSubmit={(event) => void submit(event)} data-testid="sign-in">
            <TextInput
              label={t('signin:username')}
              name="username"
              autoComplete="username"
              data-testid="sign-in-username"
              autoFocus
              required
              withAsterisk={false}
              value={username}
              onChange={(event) => setUsername(event.currentTarget.value)}
            />
            <PasswordInput
              ref={passwordField}
              label={t('signin:password')}
              name="password"
              autoComplete="current-password"
              data-testid="sign-in-password"
              required
              withAsterisk={false}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            {failure && (
              <p className={css.failure} role="alert" data-testid="sign-in-failure" data-kind={failure.kind}>
                <b>{t([`codes:error.${failure.kind}.title`, 'codes:error.internal.title'])}</b>
                {t([`codes:error.${failure.kind}.advice`, 'codes:error.internal.advice'])}
              </p>
            )}
            <Button type="submit" size="sm" fullWidth loading={running} data-testid="sign-in-submit">
              {t('signin:submit')}
            </Button>
            <p className={css.server}>
              {t('signin:server')} <span>{serverUrl}</span>
              <button type="button" onClick={() => setChanging(true)}>
                {t('signin:change')}
              </button>
            </p>
          </form>
        )}
      </div>
    </main>
  );
}
