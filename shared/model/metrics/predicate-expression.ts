import { snakeCase } from '../../protocol/tables.ts';
import type { FactKey, Predicate } from './predicate.ts';

type Term = Extract<Predicate, { left: unknown }>['left'];

/** How a database writes what differs between the two of ours. */
export interface Dialect {
  /** Expression of the as-of instant, e.g. `:t` or `$1`. */
  asOf: string;
  boolean(value: boolean): string;
  /** Prefix of the columns, e.g. `c.`. */
  prefix: string;
}

/**
 * The condition as a boolean expression over the case table's columns. Comparisons are wrapped so that a missing fact gives false, not NULL:
 * under NOT the two would differ from `holds`.
 */
export function expressionOf(predicate: Predicate, dialect: Dialect): string {
  switch (predicate.op) {
    case 'and':
    case 'or':
      return `(${predicate.of.map((part) => expressionOf(part, dialect)).join(predicate.op === 'and' ? ' AND ' : ' OR ')})`;
    case 'not':
      return `(NOT ${expressionOf(predicate.of, dialect)})`;
    case 'missing':
      return `(${column(predicate.fact, dialect)} IS NULL)`;
    case 'lt':
    case 'lte':
    case 'eq': {
      const sign = predicate.op === 'lt' ? '<' : predicate.op === 'lte' ? '<=' : '=';
      return `COALESCE(${term(predicate.left, dialect)} ${sign} ${term(predicate.right, dialect)}, ${dialect.boolean(false)})`;
    }
    default:
      return predicate satisfies never;
  }
}

function column(key: FactKey, dialect: Dialect): string {
  return `${dialect.prefix}${snakeCase(key)}`;
}

function term(part: Term, dialect: Dialect): string {
  if ('fact' in part) return column(part.fact, dialect);
  if ('value' in part) return literal(part.value, dialect);
  const plus = part.plus ?? 0;
  return plus === 0 ? dialect.asOf : `(${dialect.asOf} + ${plus})`;
}

function literal(v: string | number | boolean, dialect: Dialect): string {
  if (typeof v === 'boolean') return dialect.boolean(v);
  if (typeof v === 'number') return String(v);
  return `'${v.replaceAll("'", "''")}'`;
}
