import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import css from './pick-field.module.css';

interface Props<T> {
  label: string;
  placeholder: string;
  /** Of the field; its options carry `<testId>-option`. */
  testId: string;
  /** Said when nothing fits the words. */
  none: string;
  /** What is chosen now, in words. */
  chosen: ReactNode;
  text: string;
  onText(text: string): void;
  /** What there is for the words. */
  offers: readonly T[];
  loading: boolean;
  keyOf(offer: T): string;
  draw(offer: T): ReactNode;
  onChoose(offer: T): void;
  /** Ctrl+Enter: the form's. */
  onConfirm(): void;
}
const shown = 30;

/** One of many by words: the arrows move, Enter takes, Ctrl+Enter is the form's. */
export function PickField<T>(props: Props<T>) {
  const { label, testId, keyOf, text, onText, offers, loading } = props;
  const id = useId();
  const [active, setActive] = useState(0);
  const offered = offers.slice(0, shown);
  const at = Math.min(active, offered.length - 1);
  const go = (to: number): void => {
    const next = offered[to];
    if (next === undefined) return;
    setActive(to);
    document.getElementById(`${id}-${keyOf(next)}`)?.scrollIntoView({ block: 'nearest' });
  };
  const take = (offer: T | undefined): void => {
    if (offer === undefined) return;
    onText('');
    setActive(0);
    props.onChoose(offer);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Enter') event.ctrlKey || event.metaKey ? props.onConfirm() : take(offered[at]);
    else return;
    event.preventDefault();
  };
  const current = offered[at];
  return (
    <div className={css.field}>
      <TextInput
        label={label}
        placeholder={props.placeholder}
        data-testid={testId}
        data-autofocus
        role="combobox"
        aria-expanded={offered.length > 0}
        aria-controls={id}
        aria-activedescendant={current && `${id}-${keyOf(current)}`}
        autoComplete="off"
        maxLength={100}
        value={text}
        onChange={(event) => {
          onText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={id} role="listbox" aria-label={label} className={css.list}>
        {offered.map((offer, index) => (
          <div
            key={keyOf(offer)}
            id={`${id}-${keyOf(offer)}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className={css.option}
            data-testid={`${testId}-option`}
            onMouseDown={(event) => {
              event.preventDefault();
              take(offer);
            }}
          >
            {props.draw(offer)}
          </div>
        ))}
      </div>
      {text.trim() !== '' && offered.length === 0 && !loading && <p className={css.none}>{props.none}</p>}
      <p className={css.chosen} role="status" data-testid={`${testId}-chosen`}>
        {props.chosen}
      </p>
    </div>
  );
}
