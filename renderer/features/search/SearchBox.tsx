import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type DeskState, useDesk } from '../../data/desk-store.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { KeyHint } from '../../data/KeyHint.tsx';
import { targetsOf } from '../../data/targets.ts';
import { useFilter } from '../../data/use-filter.ts';
import { useQuery } from '../../data/use-query.ts';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import { BarList, barListId } from './BarList.tsx';
import { type BarEntry, readBar } from './bar-entries.ts';
import css from './search.module.css';

const quietMs = 120;

type Before = Pick<DeskState, 'text' | 'chosenIds' | 'caseIds' | 'clusterTotal' | 'focusedCaseId' | 'openCaseId'>;
function present(): Before {
  const { text, chosenIds, caseIds, clusterTotal, focusedCaseId, openCaseId } = useDesk.getState();
  return { text, chosenIds, caseIds, clusterTotal, focusedCaseId, openCaseId };
}

/**
 * Search and commands. Words of any length, pinyin, initials or a number: the desk follows once the typing rests or an IME is done. What the words name
 * beside cases (commands, places, periods, views) stands below. A command is given to what was chosen before the typing, and Esc puts all back as it was.
 */
export function SearchBox() {
  const t = useWords('filters');
  const field = useRef<HTMLInputElement>(null);
  const text = useDesk((desk) => desk.text);
  const [typed, setTyped] = useState(text);
  const [composing, setComposing] = useState(false);
  const told = useRef(text);
  /** The desk as it was when the field was entered; null: it is not in the field. */
  const [before, setBefore] = useState<Before | null>(null);
  const [active, setActive] = useState<string>();
  const keys = useRef<(event: KeyboardEvent) => boolean>(() => false);

  useEffect(() => {
    // Taken away elsewhere (chip, Esc): the field follows. What the operator is typing is never overwritten by our own echo.
    if (text !== told.current) {
      told.current = text;
      setTyped(text);
    }
  }, [text]);
  useEffect(() => {
    if (composing || typed.trim() === told.current || readBar(typed).commandsOnly) return;
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
  const leave = (): void => {
    if (document.activeElement === field.current) field.current?.blur();
    document.querySelector<HTMLElement>('[data-focus-home]')?.focus();
  };
  const restore = (): void => {
    if (before === null) return;
    told.current = before.text;
    setTyped(before.text);
    if (useDesk.getState().text !== before.text) useDesk.getState().set(before);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (keys.current(event)) {
      event.preventDefault();
      return;
    }
    if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (event.key === 'Escape') restore();
    leave();
  };
  const run = (entry: BarEntry): void => {
    restore();
    leave();
    entry.run();
  };

  return (
    <div className={css.whole}>
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
        rightSection={
          typed === '' ? (
            <span className={css.key}>
              <KeyHint name="/" />
            </span>
          ) : (
            <Found onClear={() => setTyped('')} />
          )
        }
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onFocus={() => setBefore(present())}
        onBlur={() => setBefore(null)}
        role="combobox"
        aria-expanded={active !== undefined}
        aria-controls={barListId}
        aria-activedescendant={active}
        aria-autocomplete="list"
      />
      {before !== null && (
        <BarList
          // Names are read while nothing is typed yet, so that the first words find them.
          typed={typed === before.text || composing ? '' : typed}
          caseIds={targetsOf(before.chosenIds, before.openCaseId, before.focusedCaseId)}
          keys={keys}
          onActive={setActive}
          onRun={run}
          onSearch={leave}
        />
      )}
    </div>
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
