import { useHotkeys } from '../../data/hotkeys.ts';
import { Choices } from '../../ui/Choices.tsx';
import { goToText } from './ReasonField.tsx';

interface Props<V extends string> {
  label: string;
  values: readonly V[];
  text(value: V): string;
  chosen: V | null;
  /** Whether the focus begins here, and a digit hands it on to the words that have to follow. */
  focus?: boolean;
  onChoose(value: V): void;
}

/** An either-or that the digits choose, as they stand before the words. */
export function NumberedChoices<V extends string>({ label, values, text, chosen, focus = false, onChoose }: Props<V>) {
  const numbered = values.slice(0, 9);
  const take = (value: V): void => {
    onChoose(value);
    if (focus) goToText();
  };
  useHotkeys('dialog', Object.fromEntries(numbered.map((value, index) => [String(index + 1), () => take(value)])));
  return (
    <Choices<V>
      label={label}
      options={values.map((value, index) => ({
        value,
        text: text(value),
        ...(index < 9 && { hint: String(index + 1) }),
        testId: `step-choice-${value}`,
      }))}
      pressed={chosen === null ? [] : [chosen]}
      focus={focus}
      onPress={onChoose}
    />
  );
}
