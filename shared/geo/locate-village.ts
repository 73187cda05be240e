import type { AreaCollection } from './area.ts';
import { bboxContains, bboxOf } from './bbox.ts';
import { pointInArea } from './point-in-polygon.ts';

export type VillageLocator = (lng: number, lat: number) => string | null;

/**
 * Prepares a lookup from a point (WGS84 degrees) to the code of the village whose area holds it, or null outside all
 * areas and for anything that is not a finite number. Boxes are computed once; a lookup tests a handful of areas.
 */
export function createVillageLocator(villages: AreaCollection): VillageLocator {
  const entries = villages.features.map(({ properties, geometry }) => ({
    code: properties.code,
    box: bboxOf(geometry),
    geometry,
  }));
  return (lng, lat) => {
    for (const { code, box, geometry } of entries)
      if (bboxContains(box, lng, lat) && pointInArea(geometry, lng, lat)) return code;
    return null;
  };
}
