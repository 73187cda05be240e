import { describe, expect, it } from 'vitest';
import { targetsOf } from './targets.ts';

describe('what an action is about', () => {
  it('an action takes the chosen rows, else the open case, else the row under the cursor', () => {
    expect(targetsOf(new Set(['a', 'b']), 'c', 'd')).toEqual(['a', 'b']);
    expect(targetsOf(new Set(), 'c', 'd')).toEqual(['c']);
    expect(targetsOf(new Set(), null, 'd')).toEqual(['d']);
    expect(targetsOf(new Set(), null, null)).toEqual([]);
  });
});
