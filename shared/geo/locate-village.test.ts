import { describe, expect, it } from 'vitest';
import type { AreaFeature } from './area.ts';
import { createVillageLocator } from './locate-village.ts';

const triangle = (code: string, ...ring: [number, number][]): AreaFeature => ({
  type: 'Feature',
  properties: { code },
  geometry: { type: 'Polygon', coordinates: [[...ring, ring[0] as [number, number]]] },
});
/** Two triangles that share a diagonal: their boxes are the same, so only the polygons can tell them apart. */
const locate = createVillageLocator({
  type: 'FeatureCollection',
  features: [triangle('lower', [0, 0], [2, 0], [2, 2]), triangle('upper', [0, 0], [2, 2], [0, 2])],
});

describe('finding the village of a point', () => {
  it('tells neighbours apart whose boxes overlap', () => {
    expect(locate(1.5, 0.5)).toBe('lower');
    expect(locate(0.5, 1.5)).toBe('upper');
  });

  it('names one village for a point on the border between two', () => {
    expect(['lower', 'upper']).toContain(locate(1, 1));
  });

  it('names none outside, and none for what is not a number', () => {
    expect(locate(3, 1)).toBeNull();
    expect(locate(Number.NaN, 1)).toBeNull();
    expect(locate(1, Number.POSITIVE_INFINITY)).toBeNull();
  });
});
