import { type AreaGeometry, polygonsOf } from './area.ts';

/** [west, south, east, north] in WGS84 degrees. */
export type Bbox = readonly [west: number, south: number, east: number, north: number];

/** The smallest box around an area. Throws a RangeError when it has no position. */
export function bboxOf(geometry: AreaGeometry): Bbox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rings of polygonsOf(geometry))
    for (const position of rings[0] ?? []) {
      const [lng = Number.NaN, lat = Number.NaN] = position;
      west = Math.min(west, lng);
      south = Math.min(south, lat);
      east = Math.max(east, lng);
      north = Math.max(north, lat);
    }
  if (!(west <= east && south <= north)) throw new RangeError('an area without positions has no box');
  return [west, south, east, north];
}

/** Borders count as inside. */
export function bboxContains(box: Bbox, lng: number, lat: number): boolean {
  return lng >= box[0] && lng <= box[2] && lat >= box[1] && lat <= box[3];
}

/** The smallest box around all of them. Throws a RangeError for none. */
export function bboxUnion(boxes: readonly Bbox[]): Bbox {
  const [first, ...rest] = boxes;
  if (first === undefined) throw new RangeError('no boxes to join');
  return rest.reduce<Bbox>(
    (all, box) => [
      Math.min(all[0], box[0]),
      Math.min(all[1], box[1]),
      Math.max(all[2], box[2]),
      Math.max(all[3], box[3]),
    ],
    first,
  );
}
