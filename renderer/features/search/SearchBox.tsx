import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useDesk } from '../../data/desk-store.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { useFilter } from '../../data/use-filter.ts';
import { useQuery } from '../../data/use-query.ts';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './search.module.css';

const quietMs = 120;

/** Words of any length, pinyin, initials or a number. The field holds what was typed; the desk follows once the typing rests or an IME is done. */
export function SearchBox() {
  const t = useWords('filters');
  const field = useRef<HTMLInputElement>(null);
  const text = useDesk((desk) => desk.text);
  const [typed, setTyped] = useState(text);
  const [composing, setComposing] = useState(false);
  const told = useRef(text);

  useEffect(() => {
    // Taken away elsewhere (chip, Esc): the field follows. What the operator is typing is never overwritten by our own echo.
    if (text !== told.current) {
      told.current = text;
      setTyped(text);
    }
  }, [text]);
  useEffect(() => {
    if (composing || typed.trim() === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed.trim();
      useDesk.getState().narrow({ text: told.current });
    }, quietMs);
    return () => clearTimeout(timer);
  }, [typed, composing]);

  const focus = () => {
    field.current?.focus();
    field.current?.select();
  };
  useHotkeys('desk', { '/': focus });
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape' && typed !== '') setTyped('');
    else if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('[data-focus-home]')?.focus();
    }
  };

  return (
    <TextInput
      ref={field}
      className={css.box}
      data-testid="search-input"
      aria-label={t('search.label')}
      placeholder={t('search.placeholder')}
      maxLength={200}
      value={typed}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSectionWidth="auto"
      rightSection={typed === '' ? <kbd className={css.key}>/</kbd> : <Found onClear={() => setTyped('')} />}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
    />
  );
}

/** How many cases the words find in the present list. */
function Found({ onClear }: { onClear(): void }) {
  const t = useWords('filters');
  const filter = useFilter();
  const { data } = useQuery('areaCounts', filter.text === '' ? null : { filter: { ...filter, metric: 'recorded' } }, [
    'case',
  ]);
  const found = filter.text === '' ? undefined : data?.total.counts[filter.metric];
  return (
    <span className={css.found}>
      {found !== undefined && (
        <span role="status" data-testid="search-count">
          {t('search.found', { n: formatCount(found) })}
        </span>
      )}
      <CloseButton size="sm" aria-label={t('search.clear')} onClick={onClear} />
    </span>
  );
}
