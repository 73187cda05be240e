import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classOf, classRanges, countBreaks, rampIndex, rateBreaks, steadyBreaks } from './classes.ts';

const counts = fc.array(fc.nat(20_000), { maxLength: 60 });

describe('classes of the map', () => {
  it('the breaks of the county on a plain evening read easily', () => {
    const open = [34, 31, 27, 18, 16, 14, 11, 9, 8, 7, 6, 4, 3, 2, 2, 2, 1, 1];
    expect(countBreaks(open)).toEqual([2, 6, 10, 20]);
  });

  it('breaks rise strictly, are at most four, and none lies above the highest count', () => {
    fc.assert(
      fc.property(counts, (values) => {
        const breaks = countBreaks(values);
        expect(breaks.length).toBeLessThanOrEqual(4);
        expect([...breaks].sort((a, b) => a - b)).toEqual(breaks);
        expect(new Set(breaks).size).toBe(breaks.length);
        for (const bound of breaks) expect(bound).toBeLessThanOrEqual(Math.max(...values));
      }),
    );
  });

  it('breaks do not depend on the order of the areas', () => {
    fc.assert(
      fc.property(counts, (values) => {
        expect(countBreaks([...values].reverse())).toEqual(countBreaks(values));
      }),
    );
  });

  it('every value lies in the class whose range the legend prints for it', () => {
    fc.assert(
      fc.property(counts, fc.nat(30_000), (values, value) => {
        const breaks = countBreaks(values);
        const range = classRanges(breaks)[classOf(value, breaks)];
        expect(range && value >= range.from && (range.to === null || value <= range.to)).toBe(true);
      }),
    );
  });

  it('nothing to count gives one class, not an error', () => {
    expect(countBreaks([])).toEqual([]);
    expect(countBreaks([0, 0])).toEqual([]);
    expect(classRanges([])).toEqual([{ from: 0, to: null }]);
    expect(classOf(0, [])).toBe(0);
  });

  it('the classes stay while the period changes, as long as they tell the areas apart, and come back with their period', () => {
    const year = [34, 31, 27, 18, 16, 14, 11, 9, 8, 7, 6, 4, 3, 2, 2, 2, 1, 1];
    const month = year.map((value) => Math.ceil(value / 2));
    const day = year.map((value) => (value > 30 ? 1 : 0));
    const first = steadyBreaks([], year);
    const second = steadyBreaks(first.kept, month);
    expect(second.breaks).toEqual(first.breaks);
    const third = steadyBreaks(second.kept, day);
    expect(third.breaks).toEqual([1]);
    expect(steadyBreaks(third.kept, year).breaks).toEqual(first.breaks);
  });

  it('the classes of a day do not paint a year in one colour', () => {
    const day = [0, 0, 1, 1, 2, 3, 5, 0, 1, 2, 0, 4, 1, 0, 2, 1, 0, 3];
    const year = [30, 14, 6, 33, 8, 25, 16, 15, 11, 7, 6, 9, 12, 10, 8, 7, 1, 2];
    const { kept } = steadyBreaks([], day);
    const { breaks } = steadyBreaks(kept, year);
    const top = year.filter((value) => classOf(value, breaks) === breaks.length).length;
    expect(top).toBeLessThanOrEqual(year.length / 2);
  });

  it('a rate stands in the same class whatever the others are', () => {
    expect(classOf(974, rateBreaks.high)).toBe(3);
    expect(classOf(980, rateBreaks.high)).toBe(4);
    expect(classOf(9, rateBreaks.low)).toBe(0);
  });

  it('two classes use both ends of the ramp', () => {
    expect([rampIndex(0, 2, 5), rampIndex(1, 2, 5)]).toEqual([0, 4]);
    expect([0, 1, 2, 3, 4].map((i) => rampIndex(i, 5, 5))).toEqual([0, 1, 2, 3, 4]);
    expect(rampIndex(0, 1, 5)).toBe(0);
  });
});
