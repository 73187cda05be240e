import { type AreaGeometry, type LinearRing, polygonsOf } from './area.ts';

/**
 * Whether an area holds a point (WGS84 degrees).
 *
 * Half-open, so that areas that share their borders vertex by vertex tile the plane: a point on a shared border or
 * corner lies in exactly one of them. For that each edge is computed from its lower end, whichever way it is walked, and
 * neighbours get bit for bit the same answer about it. A point on the outermost border may lie in none.
 */
export function pointInArea(geometry: AreaGeometry, lng: number, lat: number): boolean {
  let inside = false;
  for (const rings of polygonsOf(geometry))
    for (const ring of rings) if (crossesOddly(ring, lng, lat)) inside = !inside;
  return inside;
}

/** Whether a ray from the point to the east crosses the ring an odd number of times. */
function crossesOddly(ring: LinearRing, lng: number, lat: number): boolean {
  let odd = false;
  for (let i = 1; i < ring.length; i += 1) {
    const [ax = Number.NaN, ay = Number.NaN] = ring[i - 1] ?? [];
    const [bx = Number.NaN, by = Number.NaN] = ring[i] ?? [];
    if (ay > lat === by > lat) continue;
    const [lowX, lowY, highX, highY] = ay < by ? [ax, ay, bx, by] : [bx, by, ax, ay];
    if (lng < lowX + ((lat - lowY) / (highY - lowY)) * (highX - lowX)) odd = !odd;
  }
  return odd;
}
