/**
 * All derivation happens on one integer grid: a unit is 1e-5 degree (about 1 m), the precision of the files written.
 * Borders that coincide on the grid coincide exactly in the files, so no rounding can open a gap afterwards.
 */
export type Point = readonly [number, number];
export type Ring = Point[];

const UNITS_PER_DEGREE = 100_000;
/** East-west shrinkage at the county's middle latitude (25.4° N), so that distances are comparable in both directions. */
export const EAST_WEST = Math.cos((25.4 * Math.PI) / 180);

export const toGrid = (degrees: number): number => Math.round(degrees * UNITS_PER_DEGREE);
export const toDegrees = (units: number): number => units / UNITS_PER_DEGREE;

/** Twice the signed area in square grid units; positive when counter-clockwise. Exact: operands stay below 2^53. */
export function doubleArea(ring: readonly Point[]): number {
  let sum = 0;
  const [originX, originY] = ring[0] ?? [0, 0];
  for (let i = 0; i < ring.length; i += 1) {
    const [ax, ay] = ring[i] as Point;
    const [bx, by] = ring[(i + 1) % ring.length] as Point;
    sum += (ax - originX) * (by - originY) - (bx - originX) * (ay - originY);
  }
  return sum;
}

/** Removes repeated points and out-and-back spikes (a, b, a) until none is left. The ring is open (last ≠ first). */
export function cleanRing(ring: readonly Point[]): Ring {
  const points = [...ring];
  for (let i = 0; points.length > 2 && i < points.length; ) {
    const previous = points[(i + points.length - 1) % points.length] as Point;
    const here = points[i] as Point;
    const next = points[(i + 1) % points.length] as Point;
    if (same(here, next)) {
      points.splice(i, 1);
      i = Math.max(0, i - 2);
    } else if (same(previous, next)) {
      points.splice(i, 1);
      i = Math.max(0, i - 2);
    } else i += 1;
  }
  return points.length > 2 ? points : [];
}

export const same = (a: Point, b: Point): boolean => a[0] === b[0] && a[1] === b[1];

export const isCounterClockwise = (ring: readonly Point[]): boolean => doubleArea(ring) > 0;
