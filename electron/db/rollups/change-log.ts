import { type CountMetric, counted, countMetrics } from '../../../shared/model/metrics/dictionary.ts';
import type { Predicate } from '../../../shared/model/metrics/predicate.ts';
import { expressionOf } from '../../../shared/model/metrics/predicate-expression.ts';
import { snakeCase } from '../../../shared/protocol/tables.ts';
import { dialect } from './measures.ts';

/** Where a case belongs: what rollups are divided by and filters choose by. */
const belonging = ['town_code', 'village_code', 'recorded_at', 'lng', 'lat', 'source', 'category'];
/** What follows from those. */
const derived = ['recorded_month', 'cell'];

/** Columns of a case that decide where and how it is counted; those of the metrics are read off the dictionary. */
export function countedColumns(): string[] {
  const found = new Set([...belonging, ...derived]);
  for (const metric of Object.keys(countMetrics) as CountMetric[])
    for (const key of factsOf(countMetrics[metric])) found.add(snakeCase(key));
  return [...found];
}

function factsOf(predicate: Predicate): string[] {
  switch (predicate.op) {
    case 'and':
    case 'or':
      return predicate.of.flatMap(factsOf);
    case 'not':
      return factsOf(predicate.of);
    case 'missing':
      return [predicate.fact];
    case 'lt':
    case 'lte':
    case 'eq':
      return [predicate.left, predicate.right].flatMap((term) => ('fact' in term ? [term.fact] : []));
    default:
      return predicate satisfies never;
  }
}

/**
 * The log of changes not yet in the rollups: a case as it counted before with sign −1, as it counts now with +1. The database writes it itself, in the
 * transaction of the change, so no writer of cases can forget it and a rollup with the log added is right after every commit.
 */
export const createLog = `CREATE TABLE rollup_change (n INTEGER PRIMARY KEY, case_n INTEGER NOT NULL, sign INTEGER NOT NULL, ${countedColumns().join(', ')})`;

/** Names of the triggers: off while a first snapshot comes in, when the rollups are built at its end instead. */
export const triggerNames = ['rollup_insert', 'rollup_update', 'rollup_delete'] as const;

export function createTriggers(): string {
  const columns = countedColumns();
  const all = [...columns, ...factsOf(counted).map(snakeCase)];
  const watched = all.filter((column) => !derived.includes(column));
  const entry = (sign: number, prefix: string) => `INSERT INTO rollup_change (case_n, sign, ${columns.join(', ')})
    SELECT ${prefix}n, ${sign}, ${columns.map((column) => `${prefix}${column}`).join(', ')} WHERE ${expressionOf(counted, { ...dialect, prefix })};`;
  const changed = watched.map((column) => `OLD.${column} IS NOT NEW.${column}`);
  return `
CREATE TRIGGER rollup_insert AFTER INSERT ON cases BEGIN ${entry(1, 'NEW.')} END;
CREATE TRIGGER rollup_delete AFTER DELETE ON cases BEGIN ${entry(-1, 'OLD.')} END;
CREATE TRIGGER rollup_update AFTER UPDATE OF ${watched.join(', ')} ON cases
  WHEN ${changed.join(' OR ')}
  BEGIN ${entry(-1, 'OLD.')} ${entry(1, 'NEW.')} END;`;
}
