import { describe, expect, it } from 'vitest';
import type { AreaGeometry } from './area.ts';
import { bboxContains, bboxOf, bboxUnion } from './bbox.ts';
import { pointInArea } from './point-in-polygon.ts';

const square = (x: number, y: number, size = 1): number[][] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];
const polygon = (...rings: number[][][]): AreaGeometry => ({ type: 'Polygon', coordinates: rings });

describe('a point and an area', () => {
  it('a point on the border of two squares, or the corner of four, lies in exactly one', () => {
    const squares = [square(0, 0), square(1, 0), square(0, 1), square(1, 1)].map((ring) => polygon(ring));
    for (const [x, y] of [
      [1, 0.5],
      [0.5, 1],
      [1, 1],
      [1.5, 1],
    ] as const)
      expect(squares.filter((area) => pointInArea(area, x, y))).toHaveLength(1);
  });

  it('the answer does not depend on the direction a ring is drawn in', () => {
    const ring = [
      [0, 0],
      [3, 1],
      [2, 4],
      [-1, 2],
      [0, 0],
    ];
    for (const [x, y] of [
      [1, 1],
      [3, 1],
      [2.5, 2.5],
      [-0.5, 1],
    ] as const)
      expect(pointInArea(polygon(ring), x, y)).toBe(pointInArea(polygon([...ring].reverse()), x, y));
  });

  it('a hole is outside, an island of a multi-polygon is inside', () => {
    const withHole = polygon(square(0, 0, 4), square(1, 1, 2));
    expect(pointInArea(withHole, 0.5, 0.5)).toBe(true);
    expect(pointInArea(withHole, 2, 2)).toBe(false);
    const islands: AreaGeometry = { type: 'MultiPolygon', coordinates: [[square(0, 0)], [square(5, 5)]] };
    expect(pointInArea(islands, 5.5, 5.5)).toBe(true);
    expect(pointInArea(islands, 3, 3)).toBe(false);
  });
});

describe('a box', () => {
  it('is the smallest around all parts and holds its own border', () => {
    const islands: AreaGeometry = { type: 'MultiPolygon', coordinates: [[square(0, 0)], [square(5, 5)]] };
    expect(bboxOf(islands)).toEqual([0, 0, 6, 6]);
    expect(bboxContains([0, 0, 6, 6], 6, 0)).toBe(true);
    expect(bboxContains([0, 0, 6, 6], 6.01, 0)).toBe(false);
    expect(bboxUnion([bboxOf(polygon(square(0, 0))), bboxOf(polygon(square(-2, 3)))])).toEqual([-2, 0, 1, 4]);
  });

  it('an area without positions has no box', () => {
    expect(() => bboxOf(polygon())).toThrow(RangeError);
    expect(() => bboxUnion([])).toThrow(RangeError);
  });
});
