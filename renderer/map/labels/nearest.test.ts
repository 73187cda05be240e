import { describe, expect, it } from 'vitest';
import { nextInDirection } from './nearest.ts';

const here = { x: 0, y: 0 };
const near = { x: 10, y: 2 };
const far = { x: 40, y: 0 };
const below = { x: 3, y: 20 };

describe('moving among labels by arrow keys', () => {
  it('goes to the near one straight ahead', () => {
    expect(nextInDirection(here, [here, far, near, below], 'ArrowRight')).toBe(near);
    expect(nextInDirection(here, [here, far, near, below], 'ArrowDown')).toBe(below);
  });

  it('stays at the edge', () => {
    expect(nextInDirection(here, [here, far, near, below], 'ArrowLeft')).toBeNull();
    expect(nextInDirection(here, [here], 'ArrowUp')).toBeNull();
  });
});
