import { countMetricNames } from '../../../shared/model/metrics/dictionary.ts';
import { rollupCellSql } from './grid.ts';
import { type Measure, settledSql, sumsOf } from './measures.ts';

/**
 * What a rollup can be divided by. `town` comes with every place, so that a town can be asked for within it. `cell` and `fine` are squares of the map's
 * grid of levels 14 and 17 (`grid.ts`).
 */
export type Place = 'town' | 'village' | 'cell' | 'fine';
export type Detail = 'month' | 'source' | 'category';

export interface Rollup {
  name: string;
  place: Place;
  /** At most two beside the place: a cube of four dimensions is nearly as long as the cases themselves. */
  details: readonly [] | readonly [Detail] | readonly [Detail, Detail];
  /** A finer rollup this one is the sum of: it is rebuilt from it instead of from the cases. */
  from?: string;
}

/** Smallest first: a question takes the first that has every dimension it needs. Those built from another come after it in `buildOrder`. */
export const rollups: readonly Rollup[] = [
  { name: 'rollup_town_kind', place: 'town', details: ['source', 'category'], from: 'rollup_village_kind' },
  { name: 'rollup_town_source', place: 'town', details: ['month', 'source'], from: 'rollup_village_source' },
  { name: 'rollup_town_category', place: 'town', details: ['month', 'category'] },
  { name: 'rollup_village_kind', place: 'village', details: ['source', 'category'] },
  { name: 'rollup_village_source', place: 'village', details: ['month', 'source'] },
  { name: 'rollup_cell', place: 'cell', details: [], from: 'rollup_cell_kind' },
  { name: 'rollup_cell_kind', place: 'cell', details: ['source', 'category'] },
  { name: 'rollup_cell_month', place: 'cell', details: ['month'] },
  { name: 'rollup_fine', place: 'fine', details: [] },
];
export const buildOrder: readonly Rollup[] = [...rollups].sort((a, b) => Number(!!a.from) - Number(!!b.from));

export type Key = 'town' | Place | Detail;

/** A key as an expression over a case `c`. Nothing and unknown are '' and −1: a key is never NULL, and of an upsert there must be one row. */
export const keySql: Readonly<Record<Key, string>> = {
  town: `COALESCE(c.town_code, '')`,
  village: `COALESCE(c.village_code, '')`,
  cell: `COALESCE(${rollupCellSql}, -1)`,
  fine: 'COALESCE(c.cell, -1)',
  month: 'c.recorded_month',
  source: 'c.source',
  category: 'c.category',
};
export const integers: ReadonlySet<Key> = new Set<Key>(['cell', 'fine', 'month']);

/** Order of the primary key: what questions seek by comes first, what they are divided by in an order that needs no sorting. */
export function keysOf(rollup: Rollup): Key[] {
  const { place, details } = rollup;
  if (place === 'village') return ['town', 'village', ...details];
  const places: Key[] = place === 'town' ? ['town'] : [place, 'town'];
  return details[0] === 'month' ? [...details, ...places] : [...places, ...details];
}

/** Columns of sums. */
export function measuresOf(rollup: Rollup): readonly Measure[] {
  return rollup.place === 'cell' || rollup.place === 'fine' ? [...countMetricNames, 'sumX', 'sumY'] : countMetricNames;
}

export function createSql(rollup: Rollup): string {
  const keys = keysOf(rollup);
  const columns = [
    ...keys.map((key) => `${key} ${integers.has(key) ? 'INTEGER' : 'TEXT'} NOT NULL`),
    ...measuresOf(rollup).map((measure) => `"${measure}" INTEGER NOT NULL`),
  ];
  return `CREATE TABLE ${rollup.name} (${columns.join(', ')}, PRIMARY KEY (${keys.join(', ')})) STRICT, WITHOUT ROWID`;
}

/** One row of a rollup, by position. */
export function insertSql(rollup: Rollup): string {
  const columns = keysOf(rollup).length + measuresOf(rollup).length;
  return `INSERT INTO ${rollup.name} VALUES (${new Array<string>(columns).fill('?').join(', ')})`;
}

/** Fills an empty rollup from the finer one it is the sum of. */
export function derivedSql(rollup: Rollup, from: string): string {
  const keys = keysOf(rollup);
  return `INSERT INTO ${rollup.name} SELECT ${keys.join(', ')}, ${sumsOf(measuresOf(rollup), (measure) => `"${measure}"`)}
    FROM ${from} GROUP BY ${keys.map((_, index) => index + 1).join(', ')}`;
}

/** Adds what the log of changes holds to a rollup. Rows that come to nothing stay, with zeros, until the next rebuild. */
export function mergeSql(rollup: Rollup): string {
  const keys = keysOf(rollup);
  const selected = keys.map((key) => keySql[key]).join(', ');
  const added = measuresOf(rollup).map((measure) => `"${measure}" = "${measure}" + excluded."${measure}"`);
  return `INSERT INTO ${rollup.name}
    SELECT ${selected}, ${sumsOf(measuresOf(rollup), (measure) => `c.sign * ${settledSql(measure)}`)}
    FROM rollup_change c WHERE true GROUP BY ${keys.map((_, index) => index + 1).join(', ')}
    ON CONFLICT DO UPDATE SET ${added.join(', ')}`;
}
