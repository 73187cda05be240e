/** The key pressed, by the key as delivered; only those that were changed. */
export type KeyMap = Readonly<Record<string, string>>;

/** What has to be pressed for a key of the registry. */
export function pressedFor(map: KeyMap, key: string): string {
  return (Object.hasOwn(map, key) ? map[key] : undefined) ?? key;
}

/** One letter, a letter with Shift, or one printed sign: keys that can be changed, and what they can be changed to. Digits choose in dialogs. */
export function isSingleKey(key: string): boolean {
  return /^(?:Shift\+)?[a-z]$/.test(key) || /^[\p{P}\p{S}]$/u.test(key);
}

/** Why a key cannot be taken: no single key, or another command (its key as delivered) is given by it. */
export type KeyRefusal = { kind: 'notSingle' } | { kind: 'taken'; by: string };

/** `all`: every key as delivered, of all screens: a key means one thing everywhere. */
export function refusalOfKey(map: KeyMap, key: string, wanted: string, all: readonly string[]): KeyRefusal | null {
  if (!isSingleKey(wanted)) return { kind: 'notSingle' };
  const by = all.find((other) => other !== key && pressedFor(map, other) === wanted);
  return by === undefined ? null : { kind: 'taken', by };
}

/** The map with the key changed; one that is as delivered again is not kept. */
export function withKey(map: KeyMap, key: string, wanted: string): KeyMap {
  const { [key]: _, ...others } = map;
  return wanted === key ? others : { ...others, [key]: wanted };
}

/** A kept map without what no longer holds: keys that are gone, and those that a newer version uses for something else. */
export function soundMap(kept: KeyMap, all: readonly string[]): KeyMap {
  let map: KeyMap = Object.fromEntries(Object.entries(kept).filter(([key]) => all.includes(key) && isSingleKey(key)));
  for (;;) {
    // One taken away is as delivered again, which may be in the way of another.
    const refused = Object.entries(map).find(([key, wanted]) => refusalOfKey(map, key, wanted, all) !== null);
    if (refused === undefined) return map;
    map = withKey(map, refused[0], refused[0]);
  }
}

const signs: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑', Escape: 'Esc' };
/** A key as it is printed on the keyboard. */
export function printedKey(key: string): string {
  return signs[key] ?? key.replace(/(?<=^|\+)[a-z]$/, (letter) => letter.toUpperCase());
}
