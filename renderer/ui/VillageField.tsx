import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useQuery } from '../data/use-query.ts';
import { useRegister } from '../data/use-register.ts';
import { useWords } from './use-words.ts';
import css from './village-field.module.css';

interface Props {
  label: string;
  /** Town whose villages are offered before anything is typed or chosen. */
  near: string | null;
  /** Village that is not offered. */
  without: string | null;
  chosen: string | null;
  /** Whether the focus of its dialog begins here. */
  focus?: boolean;
  /** What is said while none is chosen. */
  unchosen?: string;
  onChoose(villageCode: string): void;
  /** One was taken: the hand goes on. */
  onTaken?(): void;
}
const shown = 8;

/** A village by words, pinyin or its beginnings: the arrows move, Enter takes. */
export function VillageField({ label, near, without, chosen, focus = true, unchosen, onChoose, onTaken }: Props) {
  const t = useWords('steps');
  const id = useId();
  const { villages, towns, villagesOfTown } = useRegister();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const asked = text.trim();
  const { data, loading } = useQuery('findVillages', asked === '' ? null : { text: asked, limit: shown + 1 }, [
    'village',
    'town',
  ]);
  const found =
    asked === ''
      ? ((chosen === null ? villagesOfTown.get(near ?? '') : undefined) ?? [])
      : (data?.villages.flatMap((village) => villages.get(village.id) ?? []) ?? []);
  const offered = found.filter((village) => village.id !== without).slice(0, shown);
  const at = Math.min(active, offered.length - 1);
  const under = asked === '' ? undefined : offered[at]?.id;
  useEffect(() => {
    // In a form that scrolls the offer may lie below what is in sight.
    if (under !== undefined) document.getElementById(`${id}-${under}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, under]);
  const take = (villageCode: string | undefined): void => {
    if (villageCode === undefined) return;
    setText('');
    setActive(0);
    onChoose(villageCode);
    onTaken?.();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') setActive(Math.min(at + 1, offered.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && offered[at]) take(offered[at]?.id);
    else return;
    event.preventDefault();
  };
  const name = (villageCode: string): string => {
    const village = villages.get(villageCode);
    return [towns.get(village?.townCode ?? '')?.name, village?.name ?? villageCode].filter(Boolean).join(' › ');
  };
  return (
    <div className={css.field}>
      <TextInput
        label={label}
        placeholder={t('village.placeholder')}
        data-testid="step-village"
        data-autofocus={focus || undefined}
        role="combobox"
        aria-expanded={offered.length > 0}
        aria-controls={id}
        aria-activedescendant={offered[at] && `${id}-${offered[at].id}`}
        autoComplete="off"
        maxLength={100}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={label} className={css.list}>
        {offered.map((village, index) => (
          <div
            key={village.id}
            id={`${id}-${village.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={css.option}
            data-testid="step-village-option"
            data-village={village.id}
            onMouseDown={(event) => {
              event.preventDefault();
              take(village.id);
            }}
          >
            {name(village.id)}
          </div>
        ))}
      </div>
      {asked !== '' && offered.length === 0 && !loading && <p className={css.none}>{t('village.none')}</p>}
      <p className={css.chosen} role="status" data-testid="step-village-chosen">
        {chosen === null ? (unchosen ?? t('village.notChosen')) : t('village.chosen', { place: name(chosen) })}
      </p>
    </div>
  );
}
