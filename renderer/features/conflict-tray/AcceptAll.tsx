import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Conflict } from '../../../shared/model/unsent-view.ts';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './conflict-tray.module.css';

interface Props {
  conflicts: readonly Conflict[];
  total: number;
  onAccept(ids: string[]): void;
}

/** Lets go of all that is shown, after one more press: it cannot be taken back, and some of it may hold words typed by hand. */
export function AcceptAll({ conflicts, total, onAccept }: Props) {
  const t = useWords('conflict');
  const [sure, setSure] = useState(false);
  const typed = conflicts.filter(({ fields }) =>
    fields.some(({ key, mine }) => key === 'note' && mine !== null),
  ).length;
  return (
    <footer className={css.all}>
      <span>
        {total > conflicts.length
          ? t('shown', { n: formatCount(conflicts.length), total: formatCount(total) })
          : t('keys')}
      </span>
      {sure ? (
        <>
          <b role="alert">{t('all.ask', { n: formatCount(conflicts.length), typed: formatCount(typed) })}</b>
          <Button variant="default" onClick={() => setSure(false)}>
            {t('all.back')}
          </Button>
          <Button
            variant="default"
            className={css.sure}
            data-testid="conflict-accept-all-sure"
            onClick={() => {
              setSure(false);
              onAccept(conflicts.map(({ id }) => id));
            }}
          >
            {t('all.sure')}
          </Button>
        </>
      ) : (
        <Button variant="default" data-testid="conflict-accept-all" onClick={() => setSure(true)}>
          {t('all.accept', { n: formatCount(conflicts.length) })}
        </Button>
      )}
    </footer>
  );
}
