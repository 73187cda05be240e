import css from './choices.module.css';

interface Props<V extends string> {
  label: string;
  options: readonly { value: V; text: string; hint?: string; testId?: string }[];
  /** The pressed ones: one of them for an either-or, any number otherwise. */
  pressed: readonly V[];
  /** Whether the focus begins on the pressed one, or on the first. */
  focus?: boolean;
  onPress(value: V): void;
}

/** Buttons of which some are pressed. Buttons, not radios, so that the single keys of a dialog go on working while one has the focus. */
export function Choices<V extends string>({ label, options, pressed, focus = false, onPress }: Props<V>) {
  return (
    <fieldset className={css.choices}>
      <legend>{label}</legend>
      <div>
        {options.map(({ value, text, hint, testId }, index) => (
          <button
            key={value}
            type="button"
            aria-pressed={pressed.includes(value)}
            data-testid={testId}
            data-autofocus={(focus && (pressed[0] === undefined ? index === 0 : value === pressed[0])) || undefined}
            onClick={() => onPress(value)}
          >
            {hint !== undefined && <kbd>{hint}</kbd>} {text}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
