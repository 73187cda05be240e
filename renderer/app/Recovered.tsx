import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from './shell.module.css';

/** Said once after the page had died and was loaded again by itself. */
export function Recovered() {
  const { t } = useTranslation('app');
  const [open, setOpen] = useState(() => new URLSearchParams(window.location.search).has('recovered'));
  if (!open) return null;
  return (
    <div className={css.bar} role="alert" data-testid="recovered">
      <span>{t('error.recovered')}</span>
      <Button variant="default" onClick={() => setOpen(false)}>
        {t('error.dismiss')}
      </Button>
    </div>
  );
}
