import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { say } from '../../ui/Notice.tsx';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import { type BarEntry, readBar } from './bar-entries.ts';
import css from './search.module.css';
import { useBarEntries } from './use-bar-entries.ts';

export const barListId = 'command-bar-list';
const optionId = (index: number): string => `${barListId}-${index}`;

interface Props {
  typed: string;
  caseIds: readonly string[];
  /** Hears the keys of the field first; answers whether it took one. */
  keys: RefObject<(event: KeyboardEvent) => boolean>;
  onActive(id: string | undefined): void;
  onRun(entry: BarEntry): void;
  /** Leaves the words to the list of cases. */
  onSearch(): void;
}

/** What the words in the bar name beside cases. The first row leaves them to the list; arrows choose, Enter does it. */
export function BarList({ typed, caseIds, keys, onActive, onRun, onSearch }: Props) {
  const t = useWords('filters');
  const { commandsOnly } = readBar(typed);
  const entries = useBarEntries(typed, caseIds);
  const rows: (BarEntry | null)[] = commandsOnly ? entries : [null, ...entries];
  const [chosen, setChosen] = useState({ typed, at: 0 });
  const at = chosen.typed === typed ? Math.min(chosen.at, rows.length - 1) : 0;
  const shown = commandsOnly || entries.length > 0;
  const does = (row: BarEntry | null | undefined): void => {
    if (row === null) onSearch();
    else if (row?.refusal != null) say(row.refusal);
    else if (row !== undefined) onRun(row);
  };
  keys.current = (event) => {
    if (!shown) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const to = (at + (event.key === 'ArrowDown' ? 1 : -1) + rows.length) % Math.max(1, rows.length);
      setChosen({ typed, at: to });
      document.getElementById(optionId(to))?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter') does(rows[at]);
    else return false;
    return true;
  };
  useEffect(() => {
    onActive(shown ? optionId(at) : undefined);
    return () => onActive(undefined);
  }, [shown, at, onActive]);
  useEffect(
    () => () => {
      keys.current = () => false;
    },
    [keys],
  );
  if (!shown) return null;
  return (
    <div className={css.bar} data-testid="bar-list">
      {rows.length === 0 && <p className={css.note}>{t('bar.nothing')}</p>}
      <div role="listbox" id={barListId} aria-label={t('bar.label')} className={css.rows}>
        {rows.map((row, index) => (
          <div
            key={row?.id ?? 'search'}
            id={optionId(index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            aria-disabled={row?.refusal != null}
            className={css.option}
            data-testid="bar-option"
            data-id={row?.id ?? 'search'}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => index !== at && setChosen({ typed, at: index })}
            onClick={() => does(row)}
            onKeyDown={(event) => event.key === 'Enter' && does(row)}
          >
            <small>{t(`bar.kind.${row?.kind ?? 'search'}`)}</small>
            <span>
              {row?.name ?? t('bar.search', { text: typed.trim() })}
              {row?.refusal != null && <em>{row.refusal}</em>}
            </span>
            {row?.key != null && <kbd>{row.key}</kbd>}
          </div>
        ))}
      </div>
      <p className={css.note}>
        {caseIds.length > 0 && t('bar.targets', { n: formatCount(caseIds.length) })} {t('bar.hint')}
      </p>
    </div>
  );
}
