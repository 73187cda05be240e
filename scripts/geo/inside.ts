import { doubleArea, EAST_WEST, type Point, type Ring } from './grid.ts';

export function insideRing(ring: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0; i < ring.length; i += 1) {
    const [ax, ay] = ring[i] as Point;
    const [bx, by] = ring[(i + 1) % ring.length] as Point;
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) inside = !inside;
  }
  return inside;
}

/** Distance to the border, east-west shrunk so that it means metres in both directions; negative outside. Grid units. */
export function depth(ring: readonly Point[], x: number, y: number): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ring.length; i += 1) {
    const [ax, ay] = ring[i] as Point;
    const [bx, by] = ring[(i + 1) % ring.length] as Point;
    const dx = (bx - ax) * EAST_WEST;
    const dy = by - ay;
    const px = (x - ax) * EAST_WEST;
    const py = y - ay;
    const t = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
    nearest = Math.min(nearest, Math.hypot(px - t * dx, py - t * dy));
  }
  return insideRing(ring, x, y) ? nearest : -nearest;
}

export function centroid(ring: readonly Point[]): Point {
  const [ox, oy] = ring[0] as Point;
  let [x, y] = [0, 0];
  for (let i = 0; i < ring.length; i += 1) {
    const [ax, ay] = ring[i] as Point;
    const [bx, by] = ring[(i + 1) % ring.length] as Point;
    const cross = (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
    x += (ax + bx - 2 * ox) * cross;
    y += (ay + by - 2 * oy) * cross;
  }
  const scale = 3 * doubleArea(ring);
  return [ox + x / scale, oy + y / scale];
}

/** The point furthest from every border, where a label has the most room (coarse grid, then four refinements). */
export function roomiestPoint(ring: Ring): Point {
  const xs = ring.map((p) => p[0]);
  const ys = ring.map((p) => p[1]);
  let [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  let best: Point = [x0, y0];
  let bestDepth = Number.NEGATIVE_INFINITY;
  for (let pass = 0; pass < 5; pass += 1) {
    const stepX = (x1 - x0) / 24;
    const stepY = (y1 - y0) / 24;
    for (let i = 0; i <= 24; i += 1)
      for (let j = 0; j <= 24; j += 1) {
        const here = depth(ring, x0 + i * stepX, y0 + j * stepY);
        if (here > bestDepth) [best, bestDepth] = [[x0 + i * stepX, y0 + j * stepY], here];
      }
    [x0, x1, y0, y1] = [best[0] - 2 * stepX, best[0] + 2 * stepX, best[1] - 2 * stepY, best[1] + 2 * stepY];
  }
  return best;
}

/** The centroid where it stands clear of the border, otherwise the roomiest point. Whole grid units, always inside. */
export function innerPoint(ring: Ring): Point {
  const middle = centroid(ring);
  const roomiest = roomiestPoint(ring);
  const enough = depth(ring, roomiest[0], roomiest[1]) * 0.6;
  const [x, y] = depth(ring, middle[0], middle[1]) >= enough ? middle : roomiest;
  return [Math.round(x), Math.round(y)];
}
