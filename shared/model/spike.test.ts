import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spikeOf } from './spike.ts';

const count = fc.nat({ max: 500 });
const weeks = fc.array(count, { minLength: 8, maxLength: 8 });

describe('a spike', () => {
  it('shows the numbers it was found by', () => {
    expect(spikeOf(12, [1, 2, 3, 1, 2, 4, 2, 2])).toMatchObject({ n: 12, mean: 2.125, least: 1, most: 4, spike: true });
    expect(spikeOf(12, [1, 2, 3, 1, 2, 4, 2, 2]).threshold).toBeCloseTo(6.498, 3);
  });

  it('is not seen in fewer than five cases, nor at the threshold itself', () => {
    expect(spikeOf(4, [0, 0, 0, 0, 0, 0, 0, 0]).spike).toBe(false);
    expect(spikeOf(5, [0, 0, 0, 0, 0, 0, 0, 0]).spike).toBe(true);
    expect(spikeOf(10, [4, 4, 4, 4, 4, 4, 4, 4])).toMatchObject({ threshold: 10, spike: false });
    expect(spikeOf(11, [4, 4, 4, 4, 4, 4, 4, 4]).spike).toBe(true);
  });

  it('stays one when more cases come, and the order of the weeks does not matter', () => {
    fc.assert(
      fc.property(count, count, weeks, (n, more, before) => {
        const first = spikeOf(n, before);
        if (first.spike) expect(spikeOf(n + more, before).spike).toBe(true);
        const turned = spikeOf(n, [...before].reverse());
        expect([turned.spike, turned.threshold]).toEqual([first.spike, first.threshold]);
        if (first.spike) expect(n).toBeGreaterThan(first.mean);
      }),
    );
  });
});
