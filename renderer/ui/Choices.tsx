import css from './choices.module.css';

interface Props<V extends string> {
  label: string;
  options: readonly { value: V; text: string; hint?: string; testId?: string }[];
  /** The pressed ones: one of them for an either-or, any number otherwise. */
  pressed: readonly V[];
  onPress(value: V): void;
}

/** Buttons of which some are pressed. Buttons, not radios, so that the single keys of a dialog go on working while one has the focus. */
export function Choices<V extends string>({ label, options, pressed, onPress }: Props<V>) {
  return (
    <fieldset className={css.choices}>
      <legend>{label}</legend>
      <div>
        {options.map(({ value, text, hint, testId }) => (
          <button
            key={value}
            type="button"
            aria-pressed={pressed.includes(value)}
            data-testid={testId}
            onClick={() => onPress(value)}
          >
            {hint !== undefined && <kbd>{hint}</kbd>} {text}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
