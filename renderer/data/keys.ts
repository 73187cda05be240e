import i18next from 'i18next';
import { remapKeys } from './hotkeys.ts';
import { isSingleKey, type KeyMap, pressedFor, printedKey, soundMap } from './key-map.ts';
import { usePreferences } from './preferences.ts';

/** Every key that has words, in their order: from the most used on. A key without words is nobody's to press. */
export function wordedKeys(): string[] {
  return Object.keys(i18next.t('app:keys', { returnObjects: true }));
}

/** Keys that can be changed, as delivered. */
export function singleKeys(): string[] {
  return wordedKeys().filter(isSingleKey);
}

/** Lets the keys mean what the operator chose, from now on and after each change. Called once. */
export function followKeys(): void {
  const follow = (): void => remapKeys(usePreferences.getState().value.keys);
  follow();
  usePreferences.subscribe(({ value }, before) => {
    if (value.keys !== before.value.keys) follow();
  });
}

/** Drops kept keys that this version cannot honour. Called once the words are there. */
export function checkKeys(): void {
  const { value, change } = usePreferences.getState();
  const sound = soundMap(value.keys, singleKeys());
  if (Object.keys(sound).length !== Object.keys(value.keys).length) change({ keys: sound });
}

export function useKeyMap(): KeyMap {
  return usePreferences((state) => state.value.keys);
}

/** The key to press for a key of the registry, as it is printed. */
export function usePrinted(): (key: string) => string {
  const map = useKeyMap();
  return (key) => printedKey(pressedFor(map, key));
}
