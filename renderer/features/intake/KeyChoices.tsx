import type { KeyboardEvent } from 'react';
import css from './intake.module.css';

interface Props<V extends string> {
  label: string;
  options: readonly { value: V; text: string }[];
  chosen: V | null;
  /** What is wrong; said below. */
  problem: string | undefined;
  field: string;
  focus?: boolean;
  onChoose(value: V): void;
  /** Chosen by a key: the hand goes on. */
  onNext(): void;
}

const keys = '123456789abcdefghijklmnop';

/** One of several by a single key while the group has the focus; the arrows move within it, Tab leaves it at once. */
export function KeyChoices<V extends string>(props: Props<V>) {
  const { label, options, chosen, problem, field, focus = false, onChoose, onNext } = props;
  const home = options.find(({ value }) => value === chosen) ?? options[0];
  const onKeyDown = (event: KeyboardEvent<HTMLFieldSetElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    const picked = options[event.key.length === 1 ? keys.indexOf(event.key.toLowerCase()) : -1];
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      const buttons: Element[] = [...event.currentTarget.querySelectorAll('button')];
      const at = document.activeElement ? buttons.indexOf(document.activeElement) : -1;
      const next = buttons[(at + by + buttons.length) % buttons.length];
      if (next instanceof HTMLElement) next.focus();
    } else if (picked) {
      onChoose(picked.value);
      onNext();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <fieldset className={css.choices} data-field={field} onKeyDown={onKeyDown} aria-invalid={problem !== undefined}>
      <legend>{label}</legend>
      <div>
        {options.map(({ value, text }, index) => (
          <button
            key={value}
            type="button"
            tabIndex={value === home?.value ? 0 : -1}
            data-autofocus={(focus && value === home?.value) || undefined}
            aria-pressed={value === chosen}
            data-testid={`intake-${field}-${value}`}
            onClick={() => onChoose(value)}
          >
            <kbd>{keys[index]?.toUpperCase()}</kbd> {text}
          </button>
        ))}
      </div>
      {problem !== undefined && <p className={css.problem}>{problem}</p>}
    </fieldset>
  );
}
