import { Failure } from '../../../shared/errors.ts';
import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import { type CaseFilter, nameableCases } from '../../../shared/model/case-filter.ts';
import { cellLevel, cellOfNumber, columnOf, finestLevel, latOf, lngOf, rollupLevel, rowOf } from '../rollups/grid.ts';
import type { ReadDb } from '../statements.ts';
import {
  type Block,
  blockCells,
  caseIdsIn,
  countWithoutPoint,
  type FoundCells,
  isReadable,
  isRolledUp,
  ownCells,
  rollupCells,
  wayOf,
} from './map-cells.ts';
import { type CellSums, type Cluster, mergeCells, reach } from './merge-cells.ts';

type Feature = QueryResult<'mapClusters'>['features'][number];

/** Levels of the grid above the zoom at which a cell is 64 pixels wide. */
const finer = 3;

/** Clusters and single cases of a filter inside a viewport. Never more work than a screen of cells, however many cases there are. */
export function readMapClusters(
  db: ReadDb,
  { filter, bbox, zoom }: QueryArgs<'mapClusters'>,
): QueryResult<'mapClusters'> {
  return db.consistently(() => {
    const wanted = Math.min(finestLevel, Math.floor(zoom) + finer);
    const { level, cells, withoutPoint } = cellsFor(db, filter, (at) => blockOf(bbox, at), wanted);
    const [west, south, east, north] = bbox;
    const features = nameSingles(db, mergeCells(cells, level).map(featureOf));
    const inView = ({ lng, lat }: Feature) => lng >= west && lng <= east && lat >= south && lat <= north;
    return { withoutPoint, features: features.filter(inView) };
  });
}

/** The cases of a cluster, newest first; of one with more than a filter can name, the newest. Throws Failure badArguments when nothing is there. */
export function readClusterCases(
  db: ReadDb,
  { filter, clusterId }: QueryArgs<'clusterCases'>,
): QueryResult<'clusterCases'> {
  return db.consistently(() => {
    const { level, x, y } = cellOfNumber(clusterId);
    const around: Block = { level, x: [x - reach, x + reach], y: [y - reach, y + reach] };
    const cluster = mergeCells(cellsFor(db, filter, () => around, level).cells, level).find(
      ({ id }) => id === clusterId,
    );
    if (!cluster) throw new Failure('badArguments', `no cluster ${clusterId}`, { detail: 'clusterId' });
    const cells = cluster.cells.map((cell) => ({ level, x: cell.x, y: cell.y }));
    return {
      caseIds: caseIdsIn(db, filter, cells, wayOf(db, filter), nameableCases),
      total: cluster.cells.reduce((sum, { count }) => sum + count, 0),
    };
  });
}

/** Cells of a filter in a block, at the level wanted or, where that is too many cases, at the level of the rollups. */
function cellsFor(
  db: ReadDb,
  filter: CaseFilter,
  blockAt: (level: number) => Block,
  wanted: number,
): FoundCells & { level: number } {
  const block = blockAt(wanted);
  if (wayOf(db, filter) === 'own') return { level: wanted, ...ownCells(db, filter, block) };
  const withoutPoint = countWithoutPoint(db, filter);
  if (!isRolledUp(filter, wanted) && isReadable(db, block))
    return { level: wanted, cells: blockCells(db, filter, block), withoutPoint };
  const level = [wanted, cellLevel, rollupLevel].find((one) => one <= wanted && isRolledUp(filter, one)) ?? rollupLevel;
  return { level, cells: rollupCells(db, filter, blockAt(level)), withoutPoint };
}

/** The block of a viewport, with the cells around it that decide how those at its edge are joined. */
function blockOf([west, south, east, north]: QueryArgs<'mapClusters'>['bbox'], level: number): Block {
  return {
    level,
    x: [columnOf(west, level) - reach - 1, columnOf(east, level) + reach + 1],
    y: [rowOf(north, level) - reach - 1, rowOf(south, level) + reach + 1],
  };
}

function featureOf({ id, cells }: Cluster): Feature & { some: number | null } {
  const sum = (key: keyof CellSums) => cells.reduce((total, cell) => total + (cell[key] ?? 0), 0);
  const count = sum('count');
  const weight = sum('weight');
  return {
    lng: lngOf(sum('sumX') / weight + 0.5, finestLevel),
    lat: latOf(sum('sumY') / weight + 0.5, finestLevel),
    count,
    overdue: sum('overdue'),
    highRisk: sum('highRisk'),
    clusterId: count === 1 && cells[0]?.some != null ? null : id,
    caseId: null,
    some: cells[0]?.some ?? null,
  };
}

/** A case that stands alone is shown as itself, where it lies. */
function nameSingles(db: ReadDb, features: readonly (Feature & { some: number | null })[]): Feature[] {
  const ns = features.flatMap(({ clusterId, some }) => (clusterId === null ? [some] : []));
  const rows = db.all<{ n: number; id: string; lng: number; lat: number }>(
    'SELECT c.n, c.id, c.lng, c.lat FROM json_each(:ns) wanted JOIN cases c ON c.n = wanted.value',
    { ns: JSON.stringify(ns) },
  );
  const byNumber = new Map(rows.map((row) => [row.n, row]));
  return features.map(({ some, ...feature }) => {
    const own = feature.clusterId === null && some !== null ? byNumber.get(some) : undefined;
    return own ? { ...feature, lng: own.lng, lat: own.lat, caseId: own.id } : feature;
  });
}
