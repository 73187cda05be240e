import { describe, expect, test } from 'vitest';
import { figure, median, medianFigure, tableOf } from './figures.ts';

describe('a figure', () => {
  test('is the middle measurement, so that one hiccup does not move it', () => {
    expect(median([5, 1, 900])).toBe(5);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(() => median([])).toThrow();
  });

  test('says whether it keeps its goal, and the goal itself still does', () => {
    expect(figure('growth', '', 1.2, { goal: 1.2 }).met).toBe(true);
    expect(figure('growth', '', 1.21, { goal: 1.2 }).met).toBe(false);
    expect(figure('rows', '/s', 9).met).toBeUndefined();
  });

  test('is printed with its measurements', () => {
    const table = tableOf([medianFigure('start', 'ms', [30, 10, 20], 'cold')]);
    expect(table).toContain('| start | 20 ms |  | 30, 10, 20; cold |');
  });
});
