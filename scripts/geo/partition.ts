import { Delaunay } from 'd3-delaunay';
import { intersection } from 'polyclip-ts';
import { cleanRing, doubleArea, EAST_WEST, type Point, type Ring } from './grid.ts';
import { insideRing } from './inside.ts';
import { seededRandom } from './prng.ts';

const LLOYD_ROUNDS = 80;
const SAMPLES_PER_CELL = 160;

/** Voronoi cells of the sites cut to the area; one list of rings a site, because a cell of a bent area may fall apart. */
export function voronoiWithin(sites: readonly Point[], area: readonly Ring[]): Ring[][] {
  const all = area.flat();
  const xs = all.map((p) => p[0] * EAST_WEST);
  const ys = all.map((p) => p[1]);
  const margin = 5000;
  const bounds: [number, number, number, number] = [
    Math.min(...xs) - margin,
    Math.min(...ys) - margin,
    Math.max(...xs) + margin,
    Math.max(...ys) + margin,
  ];
  const voronoi = Delaunay.from(sites.map(([x, y]) => [x * EAST_WEST, y] as [number, number])).voronoi(bounds);
  const whole = area.map((ring) => [ring.map(([x, y]) => [x, y] as [number, number])]);
  return sites.map((_, index) => {
    const cell = voronoi.cellPolygon(index).map(([x, y]) => [x / EAST_WEST, y] as [number, number]);
    return intersection([cell], whole).map((polygon) => {
      if (polygon.length !== 1) throw new Error('a cell with a hole: the outline is not simple');
      return onGrid(polygon[0] as [number, number][]);
    });
  });
}

/** Rounds a closed ring to the grid and orients it counter-clockwise. Empty when nothing of it is left. */
export function onGrid(closed: readonly (readonly [number, number])[]): Ring {
  const ring = cleanRing(closed.slice(0, -1).map(([x, y]): Point => [Math.round(x), Math.round(y)]));
  return doubleArea(ring) < 0 ? ring.reverse() : ring;
}

/**
 * `count` sites spread evenly over an area: random starts from the seed, then Lloyd's relaxation on a fixed lattice of
 * samples. Sites are then ordered north to south, so that neighbouring codes tend to be neighbours on the map.
 */
export function evenSites(area: readonly Ring[], count: number, seed: number): Point[] {
  const samples = latticeWithin(area, count * SAMPLES_PER_CELL);
  const random = seededRandom(seed);
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(Math.floor(random() * samples.length));
  let sites = [...chosen].map((index) => samples[index] as Point);
  for (let round = 0; round < LLOYD_ROUNDS; round += 1) {
    const sums = sites.map(() => ({ x: 0, y: 0, n: 0 }));
    for (const [x, y] of samples) {
      const sum = sums[nearest(sites, x, y)] as { x: number; y: number; n: number };
      sum.x += x;
      sum.y += y;
      sum.n += 1;
    }
    sites = sites.map((site, i) => {
      const sum = sums[i] as { x: number; y: number; n: number };
      return sum.n === 0 ? site : [sum.x / sum.n, sum.y / sum.n];
    });
  }
  return sites.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function latticeWithin(area: readonly Ring[], wanted: number): Point[] {
  const all = area.flat();
  const size = area.reduce((sum, ring) => sum + Math.abs(doubleArea(ring)) / 2, 0) * EAST_WEST;
  const step = Math.sqrt(size / wanted);
  const [x0, x1] = [Math.min(...all.map((p) => p[0])), Math.max(...all.map((p) => p[0]))];
  const [y0, y1] = [Math.min(...all.map((p) => p[1])), Math.max(...all.map((p) => p[1]))];
  const samples: Point[] = [];
  for (let y = y0 + step / 2; y < y1; y += step)
    for (let x = x0 + step / 2; x < x1; x += step / EAST_WEST)
      if (area.some((ring) => insideRing(ring, x, y))) samples.push([x, y]);
  return samples;
}

function nearest(sites: readonly Point[], x: number, y: number): number {
  let best = 0;
  let bestSquare = Number.POSITIVE_INFINITY;
  for (let i = 0; i < sites.length; i += 1) {
    const [sx, sy] = sites[i] as Point;
    const dx = (x - sx) * EAST_WEST;
    const square = dx * dx + (y - sy) * (y - sy);
    if (square < bestSquare) [best, bestSquare] = [i, square];
  }
  return best;
}
