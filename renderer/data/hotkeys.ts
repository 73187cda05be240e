import { useEffect, useRef } from 'react';
import { type KeyMap, pressedFor } from './key-map.ts';

/**
 * `desk` keys work on the desk, `panel` while the case panel is open, `dialog` while a dialog is, `global` on every workspace unless a dialog is open, and
 * `everywhere` then too.
 */
export type HotkeyScope = 'everywhere' | 'global' | 'desk' | 'panel' | 'dialog';
const wide: readonly HotkeyScope[] = ['everywhere', 'global'];
export type HotkeyTable = Readonly<Record<string, (event: KeyboardEvent) => void>>;

interface Registration {
  scope: HotkeyScope;
  table: () => HotkeyTable;
  keys: readonly string[];
}
const registrations = new Set<Registration>();
/** Keys that the operator changed. Registrations name keys as delivered; only what is pressed for them differs. */
let keyMap: KeyMap = {};
export function remapKeys(map: KeyMap): void {
  keyMap = map;
}
/** Scopes whose single keys can be changed; in dialogs keys mean what stands beside them. */
const changeable: readonly HotkeyScope[] = ['desk', 'global'];

/**
 * Name of a key press: `j`, `ArrowDown`, `?`, `Ctrl+a`, `Alt+1`, `Shift+x`. Letters in lower case; Shift is named only with letters, named
 * keys and digits by their place, because `?` already holds it. Alt and digits by their place on the keyboard: layouts print other signs there.
 */
export function keyName(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  const ctrl = event.ctrlKey || event.metaKey;
  const key = digit && (event.altKey || ctrl) ? digit : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (key.length > 1 || /^[a-z]$/.test(key) || (digit === key && (event.altKey || ctrl)));
  return `${ctrl ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${key}`;
}

/** Keys that belong to whoever is typing: an open IME, a field, an open menu (its letters jump and Esc closes it). */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true;
  const target = event.target instanceof Element ? event.target : null;
  return (
    target?.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"]') != null
  );
}

function dialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

/** Adds keys; throws when one is taken in the same scope (or in a wide one), so that no key ever means two things. Returns the function that removes them. */
export function registerHotkeys(scope: HotkeyScope, keys: readonly string[], table: () => HotkeyTable): () => void {
  for (const key of keys) {
    for (const other of registrations) {
      const meet = other.scope === scope || wide.includes(other.scope) || wide.includes(scope);
      if (meet && other.keys.includes(key)) throw new Error(`key ${key} is taken twice: ${other.scope} and ${scope}`);
    }
  }
  const registration = { scope, table, keys };
  registrations.add(registration);
  return () => {
    registrations.delete(registration);
  };
}

/** The innermost scope that has the key wins: dialog before panel before desk before global. */
const order: readonly HotkeyScope[] = ['dialog', 'panel', 'desk', 'global', 'everywhere'];
const withDialog: readonly HotkeyScope[] = ['dialog', 'everywhere'];

/** Runs what a key press means; true when it meant something. */
export function handleKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || isTyping(event)) return false;
  const name = keyName(event);
  // A button under the focus takes Enter and Space itself.
  const focused =
    event.target instanceof Element
      ? event.target.closest('button, a[href], [role="button"], [role="menuitem"]')
      : null;
  if (focused && (name === 'Enter' || name === ' ')) return false;
  const scopes = dialogOpen() ? withDialog : order;
  for (const scope of scopes) {
    for (const registration of registrations) {
      if (registration.scope !== scope) continue;
      const map = changeable.includes(scope) ? keyMap : {};
      const key = registration.keys.find((one) => pressedFor(map, one) === name);
      if (key === undefined) continue;
      event.preventDefault();
      registration.table()[key]?.(event);
      return true;
    }
  }
  return false;
}

/** Listens for the whole page; called once by the shell. */
export function listenForHotkeys(): () => void {
  const listener = (event: KeyboardEvent): void => {
    handleKey(event);
  };
  window.addEventListener('keydown', listener);
  return () => window.removeEventListener('keydown', listener);
}

/** Keys of a component while it is on the screen. Functions may change with each render; the set of keys may too. */
export function useHotkeys(scope: HotkeyScope, table: HotkeyTable): void {
  const latest = useRef(table);
  latest.current = table;
  const keys = Object.keys(table).sort().join('\n');
  useEffect(() => {
    if (keys === '') return;
    return registerHotkeys(scope, keys.split('\n'), () => latest.current);
  }, [scope, keys]);
}

/** Does what the key (as delivered) means now, as if it had been pressed: for the command bar. */
export function runHotkey(scope: HotkeyScope, key: string): void {
  const found = [...registrations].find((one) => one.scope === scope && one.keys.includes(key));
  found?.table()[key]?.(new KeyboardEvent('keydown'));
}

/** What is registered now, for the key sheet and the command bar; keys as delivered. */
export function registeredKeys(): { scope: HotkeyScope; key: string }[] {
  return [...registrations].flatMap(({ scope, keys }) => keys.map((key) => ({ scope, key })));
}
