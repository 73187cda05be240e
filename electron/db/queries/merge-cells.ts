import { type Cell, cellNumber, finestLevel } from '../rollups/grid.ts';

/** The cases of a filter in one cell of the grid. */
export interface CellSums {
  x: number;
  y: number;
  count: number;
  overdue: number;
  highRisk: number;
  /** Sums of the places of `weight` cases, in squares of the finest level. */
  weight: number;
  sumX: number;
  sumY: number;
  /** Number of one of the cases; that of the only one where there is one. */
  some: number | null;
}

export interface Cluster {
  /** Number of its heaviest cell. */
  id: number;
  cells: CellSums[];
}

/** Cells around one that decide which cluster it belongs to: two cells further may settle who joins its neighbour. */
export const reach = 3;
/** Two clusters nearer than this share of a cell overlap on the screen. */
const touching = 0.7;

/**
 * Joins neighbouring cells whose cases lie so close that their discs would overlap: a cell that has no heavier neighbour in touch is a seed, every other
 * joins the heaviest seed it touches. A rule of the near surroundings only: the same cluster comes out whatever part of the map is looked at, so its
 * id finds its cases again.
 */
export function mergeCells(cells: readonly CellSums[], level: number): Cluster[] {
  const at = new Map<number, CellSums>(cells.map((cell) => [numberOf(cell, level), cell]));
  const near = (touching * 2 ** (finestLevel - level)) ** 2;
  const touched = (cell: CellSums): CellSums[] => {
    const found: CellSums[] = [];
    for (let dx = -1; dx <= 1; dx += 1)
      for (let dy = -1; dy <= 1; dy += 1) {
        const other = at.get(numberOf({ x: cell.x + dx, y: cell.y + dy }, level));
        if (other && other !== cell && distance(cell, other) < near) found.push(other);
      }
    return found;
  };
  const neighbours = new Map<CellSums, CellSums[]>(cells.map((cell) => [cell, touched(cell)]));
  const around = (cell: CellSums) => neighbours.get(cell) ?? [];
  const seeds = new Set(cells.filter((cell) => around(cell).every((other) => heavier(cell, other))));
  const clusters = new Map<CellSums, Cluster>();
  for (const cell of cells) {
    const joined = seeds.has(cell) ? cell : (heaviest(around(cell).filter((other) => seeds.has(other))) ?? cell);
    const cluster = clusters.get(joined);
    if (cluster) cluster.cells.push(cell);
    else clusters.set(joined, { id: numberOf(joined, level), cells: [cell] });
  }
  return [...clusters.values()];
}

function numberOf({ x, y }: Pick<Cell, 'x' | 'y'>, level: number): number {
  return cellNumber({ level, x, y });
}

function heavier(one: CellSums, other: CellSums): boolean {
  if (one.count !== other.count) return one.count > other.count;
  return one.x === other.x ? one.y > other.y : one.x > other.x;
}

function heaviest(cells: readonly CellSums[]): CellSums | undefined {
  const [first, ...rest] = cells;
  return first && rest.reduce((best, cell) => (heavier(cell, best) ? cell : best), first);
}

function distance(one: CellSums, other: CellSums): number {
  return (
    (one.sumX / one.weight - other.sumX / other.weight) ** 2 + (one.sumY / one.weight - other.sumY / other.weight) ** 2
  );
}
