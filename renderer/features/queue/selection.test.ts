import { describe, expect, it } from 'vitest';
import { targetsOf, toggled, withRange } from './selection.ts';

const ids = ['a', 'b', 'c', 'd'];
const idAt = (index: number): string | null => ids[index] ?? null;

describe('choosing rows', () => {
  it('a range runs both ways and keeps what was chosen', () => {
    expect([...withRange(new Set(['d']), 2, 0, idAt)].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect([...withRange(new Set(), 1, 2, idAt)]).toEqual(['b', 'c']);
  });

  it('choosing twice gives the row back', () => {
    expect(toggled(toggled(new Set(), 'a'), 'a').size).toBe(0);
  });

  it('an action takes the chosen rows, else the open case, else the row under the cursor', () => {
    expect(targetsOf(new Set(['a', 'b']), 'c', 'd')).toEqual(['a', 'b']);
    expect(targetsOf(new Set(), 'c', 'd')).toEqual(['c']);
    expect(targetsOf(new Set(), null, 'd')).toEqual(['d']);
    expect(targetsOf(new Set(), null, null)).toEqual([]);
  });
});
