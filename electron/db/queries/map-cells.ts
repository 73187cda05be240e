import type { CaseFilter } from '../../../shared/model/case-filter.ts';
import { type Condition, casesOf, meansNotClosed } from '../filter-sql.ts';
import { isShort, rolledUpSql, rollupFor, sumBy } from '../rollups/count-by.ts';
import { type Cell, cellLevel, finestLevel, finestX, finestY, rollupLevel } from '../rollups/grid.ts';
import { metricSql } from '../rollups/measures.ts';
import type { ReadDb } from '../statements.ts';
import type { CellSums } from './merge-cells.ts';

/** A rectangle of cells of one level, both ends included. */
export interface Block {
  level: number;
  x: readonly [number, number];
  y: readonly [number, number];
}

/** Cells of a block and, of the whole filter, how many cases have no point. */
export interface FoundCells {
  cells: CellSums[];
  withoutPoint: number;
}

/** More cases of the block than this, and it is shown by the coarser cells of the rollups. */
const blockLimit = 20_000;
/** Nor is a block read that is wider than this many columns of the grid: no screen is. */
const widest = 4096;

const sums = `count(*) AS count, sum(${metricSql('openOverdue')}) AS overdue, sum(${metricSql('highRisk')}) AS highRisk`;
const places = `count(*) AS weight, sum(${finestX}) AS sumX, sum(${finestY}) AS sumY, min(c.n) AS some`;

/**
 * How the cells of a filter are found. `own`: few cases, each looked at. `rollup`: so many that only the rollups can tell, or, of a small part of the map,
 * the cases that lie in it. A property of the filter alone, so that the cases of a cluster are found the way it was counted.
 */
export function wayOf(db: ReadDb, filter: CaseFilter): 'own' | 'rollup' {
  if (meansNotClosed(db, filter) || filter.scope.level === 'village' || isShort(db, filter.period)) return 'own';
  return rolledUpSql(db, filter, 'cell') ? 'rollup' : 'own';
}

/** Whether a block of this filter has few enough cases to be read from them; else it is to be asked for at the rollups' level. */
export function isReadable(db: ReadDb, block: Block): boolean {
  if ((block.x[1] - block.x[0]) * 2 ** (cellLevel - block.level) > widest) return false;
  const ranges = rangesOf(block);
  const sql = `SELECT 1 FROM json_each(:ranges) r CROSS JOIN cases c INDEXED BY cases_cell
    ON c.cell BETWEEN r.value ->> 0 AND r.value ->> 1 LIMIT 1 OFFSET :most`;
  return db.get(sql, { ranges, most: blockLimit }) === undefined;
}

/** The filter's own cases by cell: all are looked at, those of the block are placed. */
export function ownCells(db: ReadDb, filter: CaseFilter, block: Block): FoundCells {
  const { where, params } = casesOf(db, filter);
  const shift = finestLevel - block.level;
  const rows = db.all<CellSums & { x: number | null }>(
    `SELECT ${finestX} >> ${shift} AS x, ${finestY} >> ${shift} AS y, ${sums}, ${places}
     FROM cases c WHERE ${where} GROUP BY 1, 2`,
    params,
  );
  const inside = ({ x, y }: CellSums) => x >= block.x[0] && x <= block.x[1] && y >= block.y[0] && y <= block.y[1];
  const placed = rows.filter((row) => row.x !== null && row.y !== null);
  const withoutPoint = rows.reduce((sum, row) => sum + (row.x === null || row.y === null ? row.count : 0), 0);
  return { cells: placed.filter(inside), withoutPoint };
}

/** The cases of a block by cell, reached by where they lie. For a block that `isReadable`. */
export function blockSql(filter: CaseFilter, block: Block, { where, params }: Condition) {
  const shift = finestLevel - block.level;
  return {
    sql: `SELECT ${finestX} >> ${shift} AS x, ${finestY} >> ${shift} AS y, ${sums}, ${places}
      FROM json_each(:ranges) r CROSS JOIN cases c INDEXED BY cases_cell ON c.cell BETWEEN r.value ->> 0 AND r.value ->> 1
      WHERE ${where} GROUP BY 1, 2`,
    params: { ...params, asOf: filter.asOf, ranges: rangesOf(block) },
  };
}

export function blockCells(db: ReadDb, filter: CaseFilter, block: Block): CellSums[] {
  const { sql, params } = blockSql(filter, block, casesOf(db, filter));
  return db
    .all<CellSums>(sql, params)
    .filter(({ x, y }) => x >= block.x[0] && x <= block.x[1] && y >= block.y[0] && y <= block.y[1]);
}

/** Cells of a filter by the rollups, of a block whose level `isRolledUp`. */
export function rollupCells(db: ReadDb, filter: CaseFilter, block: Block): CellSums[] {
  const { level } = block;
  const [grid, stored] = level > rollupLevel ? (['fine', cellLevel] as const) : (['cell', rollupLevel] as const);
  const shift = stored - level;
  const columns = {
    low: Math.max(0, block.x[0]) * 2 ** (shift + stored),
    high: (block.x[1] + 1) * 2 ** (shift + stored) - 1,
  };
  const cells = new Map<number, CellSums>();
  for (const [key, found] of sumBy(db, filter, grid, [filter.metric, 'sumX', 'sumY'], columns) ?? []) {
    const count = found[filter.metric];
    if (typeof key !== 'number' || count === 0) continue;
    const x = Math.floor(key / 2 ** (stored + shift));
    const y = (key % 2 ** stored) >> shift;
    if (y < block.y[0] || y > block.y[1]) continue;
    const cell = cellAt(cells, x, y);
    cell.count += count;
    cell.weight += found.recorded;
    cell.sumX += found.sumX;
    cell.sumY += found.sumY;
  }
  for (const { x, y, overdue, highRisk } of openCells(db, filter, level)) {
    const cell = cells.get(placeNumber(x, y));
    if (cell) Object.assign(cell, { overdue, highRisk });
  }
  return [...cells.values()];
}

/** Cases of the filter that have no point, by the rollups. */
export function countWithoutPoint(db: ReadDb, filter: CaseFilter): number {
  const nowhere = { low: -1, high: -1 };
  return sumBy(db, filter, 'cell', [filter.metric], nowhere)?.get(null)?.[filter.metric] ?? 0;
}

/** Whether rollups have the filter's cells of a level: of coarse ones always, of finer ones where it chooses by nothing but the town. */
export function isRolledUp(filter: CaseFilter, level: number): boolean {
  return level <= rollupLevel || (level <= cellLevel && rollupFor(filter, 'fine') !== null);
}

function placeNumber(x: number, y: number): number {
  return x * 2 ** finestLevel + y;
}

function cellAt(cells: Map<number, CellSums>, x: number, y: number): CellSums {
  const known = cells.get(placeNumber(x, y));
  if (known) return known;
  const cell = { x, y, count: 0, overdue: 0, highRisk: 0, weight: 0, sumX: 0, sumY: 0, some: null };
  cells.set(placeNumber(x, y), cell);
  return cell;
}

/** What is overdue or at high risk is open: few cases, read one by one. */
function openCells(db: ReadDb, filter: CaseFilter, level: number): CellSums[] {
  const { where, params } = casesOf(db, filter);
  const shift = finestLevel - level;
  return db.all<CellSums>(
    `SELECT ${finestX} >> ${shift} AS x, ${finestY} >> ${shift} AS y, ${sums} FROM cases c INDEXED BY cases_closed
     WHERE ${where} AND c.lng IS NOT NULL AND (c.closed_at IS NULL OR c.closed_at > :asOf) GROUP BY 1, 2`,
    { ...params, asOf: filter.asOf },
  );
}

/** Ids of the filter's cases in these cells, newest first. */
export function caseIdsIn(
  db: ReadDb,
  filter: CaseFilter,
  cells: readonly Cell[],
  way: 'own' | 'rollup',
  limit: number,
): string[] {
  const { where, params } = casesOf(db, filter);
  const level = cells[0]?.level ?? finestLevel;
  const shift = finestLevel - level;
  const inside = `(${finestX} >> ${shift}) * ${2 ** finestLevel} + (${finestY} >> ${shift}) IN (SELECT value FROM json_each(:cells))`;
  const ranges = rangesOfCells(cells);
  const from =
    way === 'own'
      ? 'cases c'
      : 'json_each(:ranges) r CROSS JOIN cases c INDEXED BY cases_cell ON c.cell BETWEEN r.value ->> 0 AND r.value ->> 1';
  return db.column<string>(
    `SELECT c.id FROM ${from} WHERE ${where} AND ${inside} ORDER BY c.recorded_at DESC, c.n DESC LIMIT :limit`,
    {
      ...params,
      asOf: filter.asOf,
      cells: JSON.stringify(cells.map(({ x, y }) => placeNumber(x, y))),
      ...(way === 'own' ? {} : { ranges }),
      limit,
    },
  );
}

/** The same ranges for single cells; none twice, though several fine cells lie in one of the column's. */
function rangesOfCells(cells: readonly Cell[]): string {
  const ranges = cells.map(({ level, x, y }) => rangesOf({ level, x: [x, x], y: [y, y] }).slice(1, -1));
  return `[${[...new Set(ranges)].join(',')}]`;
}

/** Ranges of the column `cell` that a block covers, one for each column of the grid, as JSON. */
function rangesOf({ level, x, y }: Block): string {
  const from = (at: number) => (level <= cellLevel ? at * 2 ** (cellLevel - level) : at >> (level - cellLevel));
  const to = (at: number) => (level <= cellLevel ? (at + 1) * 2 ** (cellLevel - level) - 1 : at >> (level - cellLevel));
  const ranges: [number, number][] = [];
  for (let column = from(x[0]); column <= to(x[1]); column += 1) {
    const west = column * 2 ** cellLevel;
    ranges.push([west + from(y[0]), west + to(y[1])]);
  }
  return JSON.stringify(ranges);
}
