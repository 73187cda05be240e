/**
 * The grid of the map. Level L divides the width of the world into 2^L squares; north to south a square has as many degrees of latitude as looks square at
 * 25.5° north, where the county lies. Plain arithmetic only, no trigonometry: the column `cell` of a case and this file must agree to the last bit.
 */

/** Level of the column `cases.cell`; `x * 2^17 + y`. */
export const cellLevel = 17;
/** Level of the cells of rollups with details. */
export const rollupLevel = 14;
/** Finest level: about two metres. */
export const finestLevel = 24;
const stretch = 1.108;

export interface Cell {
  level: number;
  x: number;
  y: number;
}

/** Column of a longitude and row of a latitude at a level. */
export function columnOf(lng: number, level: number): number {
  return clamped(((lng + 180) / 360) * 2 ** level, level);
}
export function rowOf(lat: number, level: number): number {
  return clamped((((90 - lat) * stretch) / 360) * 2 ** level, level);
}

function clamped(at: number, level: number): number {
  return Math.min(2 ** level - 1, Math.max(0, Math.trunc(at)));
}

/** Degrees of a place given in squares of a level. */
export function lngOf(x: number, level: number): number {
  return (x / 2 ** level) * 360 - 180;
}
export function latOf(y: number, level: number): number {
  return 90 - ((y / 2 ** level) * 360) / stretch;
}

/** The rollups' cell of a case `c` in SQL: `x * 2^14 + y`, NULL without a point. */
const shift = cellLevel - rollupLevel;
export const rollupCellSql = `((c.cell >> ${cellLevel + shift}) << ${rollupLevel}) + ((c.cell & ${2 ** cellLevel - 1}) >> ${shift})`;

/** Place of a case `c` in squares of the finest level. */
export const finestX = `CAST((c.lng + 180.0) / 360.0 * ${2 ** finestLevel}.0 AS INTEGER)`;
export const finestY = `CAST((90.0 - c.lat) * ${stretch} / 360.0 * ${2 ** finestLevel}.0 AS INTEGER)`;

/** A cell as one whole number, and back: five bits of level, twice 24 bits of place. */
export function cellNumber({ level, x, y }: Cell): number {
  return (level * 2 ** 24 + x) * 2 ** 24 + y;
}
export function cellOfNumber(id: number): Cell {
  const y = id % 2 ** 24;
  const rest = (id - y) / 2 ** 24;
  const x = rest % 2 ** 24;
  return { level: (rest - x) / 2 ** 24, x, y };
}
