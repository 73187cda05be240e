import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeyMap, pressedFor, refusalOfKey, soundMap, withKey } from './key-map.ts';

const all = ['j', 'k', 'd', 'u', 'x', 'Shift+x', 'v', '/', '?'];
const anyKey = fc.constantFrom(...all, 'q', 'w', ';', 'Shift+q', 'Enter', 'Ctrl+z', '1');

describe('changed keys', () => {
  it('whatever is changed in whatever order, no key ever means two things', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...all), anyKey), { maxLength: 30 }), (changes) => {
        let map: KeyMap = {};
        for (const [key, wanted] of changes) {
          if (refusalOfKey(map, key, wanted, all) === null) map = withKey(map, key, wanted);
        }
        const pressed = all.map((key) => pressedFor(map, key));
        expect(new Set(pressed).size).toBe(all.length);
      }),
    );
  });

  it('a taken key is refused by the name of what it is for, also one that was moved there', () => {
    expect(refusalOfKey({}, 'u', 'd', all)).toEqual({ kind: 'taken', by: 'd' });
    expect(refusalOfKey({ d: 'w' }, 'u', 'w', all)).toEqual({ kind: 'taken', by: 'd' });
    expect(refusalOfKey({ d: 'w' }, 'u', 'd', all)).toBeNull();
    expect(refusalOfKey({}, 'u', 'u', all)).toBeNull();
  });

  it('only a letter, a letter with Shift or a sign can be chosen', () => {
    for (const key of ['Enter', 'Escape', 'Ctrl+z', 'Alt+1', '1', ' ', 'F5', '好'])
      expect(refusalOfKey({}, 'u', key, all)).toEqual({ kind: 'notSingle' });
    for (const key of ['q', 'Shift+q', ';', '~']) expect(refusalOfKey({}, 'u', key, all)).toBeNull();
  });

  it('a kept map keeps what still holds: exchanged keys stay, what a newer version uses goes', () => {
    expect(soundMap({ u: 'd', d: 'u' }, all)).toEqual({ u: 'd', d: 'u' });
    expect(soundMap({ u: 'q', d: 'u' }, all)).toEqual({ u: 'q', d: 'u' });
    expect(soundMap({ d: 'u', u: 'q', gone: 'w', k: '?' }, all)).toEqual({ u: 'q', d: 'u' });
  });
});
