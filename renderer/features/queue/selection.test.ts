import { describe, expect, it } from 'vitest';
import { toggled, withRange } from './selection.ts';

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
});
