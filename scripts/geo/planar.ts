import { cleanRing, type Point, type Ring } from './grid.ts';

/** How far (grid units) a vertex may lie from a neighbour's edge and still be taken as lying on it. */
const SNAP = 1.5;
const BUCKET = 400;

const vertexKey = (p: Point): string => `${p[0]},${p[1]}`;
const edgeKey = (a: Point, b: Point): string => `${vertexKey(a)};${vertexKey(b)}`;

/**
 * Makes rings share their borders vertex by vertex: wherever a vertex of one ring lies on an edge of another, the edge is
 * split there. After it every inner border is walked once in each direction, by the two rings on its sides.
 */
export function shareBorders(rings: readonly Ring[]): Ring[] {
  const buckets = new Map<string, Map<string, Point>>();
  for (const ring of rings)
    for (const p of ring) {
      const key = `${Math.floor(p[0] / BUCKET)},${Math.floor(p[1] / BUCKET)}`;
      const bucket = buckets.get(key) ?? new Map<string, Point>();
      bucket.set(vertexKey(p), p);
      buckets.set(key, bucket);
    }
  let result = rings.map((ring) => cleanRing(ring));
  for (let round = 0; round < 8; round += 1) {
    let changed = false;
    result = result.map((ring) => {
      const split: Ring = [];
      for (let i = 0; i < ring.length; i += 1) {
        const a = ring[i] as Point;
        const b = ring[(i + 1) % ring.length] as Point;
        split.push(a);
        const between = verticesOn(a, b, buckets);
        if (between.length > 0) changed = true;
        split.push(...between);
      }
      return cleanRing(split);
    });
    if (!changed) break;
  }
  return result;
}

function verticesOn(a: Point, b: Point, buckets: Map<string, Map<string, Point>>): Point[] {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const length = Math.hypot(dx, dy);
  const found: { at: number; point: Point }[] = [];
  const column = (x: number) => Math.floor(x / BUCKET);
  for (let x = column(Math.min(a[0], b[0]) - 2); x <= column(Math.max(a[0], b[0]) + 2); x += 1)
    for (let y = column(Math.min(a[1], b[1]) - 2); y <= column(Math.max(a[1], b[1]) + 2); y += 1)
      for (const p of buckets.get(`${x},${y}`)?.values() ?? []) {
        const along = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length;
        const off = Math.abs((p[0] - a[0]) * dy - (p[1] - a[1]) * dx) / length;
        if (off < SNAP && along > 0.5 && along < length - 0.5) found.push({ at: along, point: p });
      }
  return found.sort((m, n) => m.at - n.at || m.point[0] - n.point[0] || m.point[1] - n.point[1]).map((f) => f.point);
}

/** The outline of several rings that share their borders: inner borders cancel, what is left is traced. Counter-clockwise. */
export function outline(rings: readonly Ring[]): Ring[] {
  const edges = new Map<string, [Point, Point]>();
  for (const ring of rings)
    for (let i = 0; i < ring.length; i += 1) {
      const a = ring[i] as Point;
      const b = ring[(i + 1) % ring.length] as Point;
      if (!edges.delete(edgeKey(b, a))) edges.set(edgeKey(a, b), [a, b]);
    }
  const leaving = new Map<string, Point[]>();
  for (const [a, b] of edges.values()) leaving.set(vertexKey(a), [...(leaving.get(vertexKey(a)) ?? []), b]);
  const traced: Ring[] = [];
  for (const [start, second] of edges.values()) {
    const first = leaving.get(vertexKey(start));
    if (!first?.includes(second)) continue;
    first.splice(first.indexOf(second), 1);
    const ring: Ring = [start];
    let from = start;
    let here = second;
    while (vertexKey(here) !== vertexKey(start)) {
      ring.push(here);
      const options = leaving.get(vertexKey(here)) ?? [];
      const next = sharpestLeft(from, here, options);
      options.splice(options.indexOf(next), 1);
      from = here;
      here = next;
    }
    traced.push(ring);
  }
  return traced;
}

/** Where several edges leave one vertex, the leftmost turn stays with the same interior, so rings that touch there stay apart. */
function sharpestLeft(from: Point, here: Point, options: readonly Point[]): Point {
  const back = Math.atan2(from[1] - here[1], from[0] - here[0]);
  let best: Point | undefined;
  let bestTurn = Number.POSITIVE_INFINITY;
  for (const option of options) {
    const turn = (back - Math.atan2(option[1] - here[1], option[0] - here[0]) + 4 * Math.PI) % (2 * Math.PI);
    if (turn < bestTurn) [best, bestTurn] = [option, turn];
  }
  if (best === undefined) throw new Error(`borders do not close at ${vertexKey(here)}`);
  return best;
}

/** Length (grid units) of the border that two sets of rings share. */
export function sharedLengths(ring: Ring, owners: Map<string, number>): Map<number, number> {
  const lengths = new Map<number, number>();
  for (let i = 0; i < ring.length; i += 1) {
    const a = ring[i] as Point;
    const b = ring[(i + 1) % ring.length] as Point;
    const owner = owners.get(edgeKey(b, a));
    if (owner !== undefined) lengths.set(owner, (lengths.get(owner) ?? 0) + Math.hypot(a[0] - b[0], a[1] - b[1]));
  }
  return lengths;
}

/** Which ring walks each directed edge. Throws when two rings walk the same one: they would overlap. */
export function edgeOwners(rings: readonly Ring[]): Map<string, number> {
  const owners = new Map<string, number>();
  rings.forEach((ring, index) => {
    for (let i = 0; i < ring.length; i += 1) {
      const key = edgeKey(ring[i] as Point, ring[(i + 1) % ring.length] as Point);
      if (owners.has(key)) throw new Error(`two areas overlap at ${key}`);
      owners.set(key, index);
    }
  });
  return owners;
}
