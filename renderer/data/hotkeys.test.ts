import { describe, expect, it } from 'vitest';
import { isTyping, keyName, registerHotkeys } from './hotkeys.ts';

const press = (over: Partial<KeyboardEvent>): KeyboardEvent =>
  ({
    key: 'u',
    code: 'KeyU',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    keyCode: 85,
    target: null,
    ...over,
  }) as KeyboardEvent;

/** An element as `closest` sees it; the unit tests have no document. */
class FakeElement {
  private readonly matches: string;
  constructor(matches: string) {
    this.matches = matches;
  }
  closest(selector: string): FakeElement | null {
    return selector.split(', ').some((part) => part.startsWith(this.matches)) ? this : null;
  }
}
globalThis.Element ??= FakeElement as unknown as typeof Element;

describe('single keys', () => {
  it('do nothing while an input method composes', () => {
    expect(isTyping(press({ isComposing: true }))).toBe(true);
    expect(isTyping(press({ keyCode: 229 }))).toBe(true);
    expect(isTyping(press({}))).toBe(false);
  });

  it.each(['input', 'textarea', 'select', '[contenteditable]', '[role="menu"]'])(
    'belong to the field that has the focus: %s',
    (matches) => {
      expect(isTyping(press({ target: new FakeElement(matches) as unknown as EventTarget }))).toBe(true);
    },
  );

  it('are named alike whatever Caps Lock and the layout do', () => {
    expect(keyName(press({ key: 'U' }))).toBe('u');
    expect(keyName(press({ key: 'X', shiftKey: true }))).toBe('Shift+x');
    expect(keyName(press({ key: '?', code: 'Slash', shiftKey: true }))).toBe('?');
    expect(keyName(press({ key: '¡', code: 'Digit1', altKey: true }))).toBe('Alt+1');
    expect(keyName(press({ key: 'a', ctrlKey: true }))).toBe('Ctrl+a');
    expect(keyName(press({ key: 'ArrowDown', shiftKey: true }))).toBe('Shift+ArrowDown');
  });

  it('never mean two things: taking a taken key throws, and a freed key can be taken again', () => {
    const free = registerHotkeys('desk', ['u', 'd'], () => ({}));
    expect(() => registerHotkeys('desk', ['d'], () => ({}))).toThrow(/d is taken twice/);
    expect(() => registerHotkeys('global', ['u'], () => ({}))).toThrow(/u is taken twice/);
    const inDialog = registerHotkeys('dialog', ['u'], () => ({}));
    free();
    inDialog();
    registerHotkeys('global', ['u'], () => ({}))();
    registerHotkeys('everywhere', ['u'], () => ({}))();
  });
});
