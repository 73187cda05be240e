import type { Case } from '../case.ts';

/** Columns of a case that a metric may look at. */
export type FactKey = Exclude<keyof Case & string, 'parties' | 'dispatchChain' | 'campaigns'>;
type Term = { fact: FactKey } | { asOf: true; plus?: number } | { value: string | number | boolean };

/**
 * A condition on one case as of an instant T, as data: it is evaluated in plain code, compiled to SQL for both databases and printed in the
 * dictionary. So a formula exists once.
 */
export type Predicate =
  | { op: 'and' | 'or'; of: readonly Predicate[] }
  | { op: 'not'; of: Predicate }
  | { op: 'missing'; fact: FactKey }
  | { op: 'lt' | 'lte' | 'eq'; left: Term; right: Term };

export const asOf = (plus = 0): Term => ({ asOf: true, plus });
export const fact = (key: FactKey): Term => ({ fact: key });
export const value = (v: string | number | boolean): Term => ({ value: v });
export const and = (...of: Predicate[]): Predicate => ({ op: 'and', of });
export const or = (...of: Predicate[]): Predicate => ({ op: 'or', of });
export const not = (of: Predicate): Predicate => ({ op: 'not', of });
export const missing = (key: FactKey): Predicate => ({ op: 'missing', fact: key });
export const lt = (left: Term, right: Term): Predicate => ({ op: 'lt', left, right });
export const lte = (left: Term, right: Term): Predicate => ({ op: 'lte', left, right });
export const eq = (left: Term, right: Term): Predicate => ({ op: 'eq', left, right });
/** The moment had come by T. */
export const by = (key: FactKey): Predicate => and(not(missing(key)), lte(fact(key), asOf()));

/** Whether the case meets the condition at `t` (epoch ms). A comparison with a missing fact is false, as in SQL's WHERE. */
export function holds(predicate: Predicate, row: Pick<Case, FactKey>, t: number): boolean {
  switch (predicate.op) {
    case 'and':
      return predicate.of.every((part) => holds(part, row, t));
    case 'or':
      return predicate.of.some((part) => holds(part, row, t));
    case 'not':
      return !holds(predicate.of, row, t);
    case 'missing':
      return row[predicate.fact] === null;
    case 'lt':
    case 'lte':
    case 'eq': {
      const left = termValue(predicate.left, row, t);
      const right = termValue(predicate.right, row, t);
      if (left === null || right === null) return false;
      if (predicate.op === 'eq') return left === right;
      return predicate.op === 'lt' ? left < right : left <= right;
    }
    default:
      return predicate satisfies never;
  }
}

function termValue(term: Term, row: Pick<Case, FactKey>, t: number): string | number | boolean | null {
  if ('fact' in term) return row[term.fact] as string | number | boolean | null;
  return 'value' in term ? term.value : t + (term.plus ?? 0);
}
