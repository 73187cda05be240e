import { type FormEvent, useState } from 'react';
import { useDesk } from '../../data/desk-store.ts';
import { viewOf } from '../../data/views.ts';
import { useWords } from '../../ui/use-words.ts';
import { useSuggestedName, type useViews } from './use-views.ts';
import css from './views.module.css';

/** Keeps what the desk shows now, under a name that is proposed; or copies its address without keeping it. */
export function SaveView({ all }: { all: ReturnType<typeof useViews> }) {
  const t = useWords('views');
  const suggested = useSuggestedName();
  const [typed, setTyped] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const name = typed ?? suggested;
  const over = all.views.some((one) => one.name === name.trim());
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const refused = all.save(name);
    setRefusal(refused);
    if (refused === null) setTyped(null);
  };
  return (
    <form className={css.save} onSubmit={save}>
      <input
        data-stop
        data-autofocus={all.views.length === 0 || undefined}
        aria-label={t('name')}
        data-testid="view-name"
        maxLength={30}
        value={name}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
      />
      <button type="submit" data-testid="view-save">
        {t(over ? 'saveOver' : 'save')}
      </button>
      {refusal !== null && <em role="alert">{refusal}</em>}
      <button
        type="button"
        className={css.copy}
        data-testid="view-copy"
        onClick={() => all.copyLink(viewOf(useDesk.getState()), name.trim() === '' ? null : name.trim())}
      >
        {t('copy')}
      </button>
    </form>
  );
}
