import type { Predicate } from '../../../shared/model/metrics/predicate.ts';
import { and, missing, not, or } from '../../../shared/model/metrics/predicate.ts';

const always = and();
const never = or();

/**
 * The condition as it stands once every instant of the case has passed: "it had happened by T" becomes "it has happened". Nothing in it looks at T any
 * more, so it is cheaper to evaluate and what it counts can be kept.
 */
export function atEnd(predicate: Predicate): Predicate {
  switch (predicate.op) {
    case 'and': {
      const parts = each(predicate.of.map(atEnd)).filter((part) => !isAlways(part));
      return parts.some(isNever) ? never : single(and(...parts));
    }
    case 'or': {
      const parts = each(predicate.of.map(atEnd)).filter((part) => !isNever(part));
      return parts.some(isAlways) ? always : single(or(...parts));
    }
    case 'not': {
      const inner = atEnd(predicate.of);
      if (isAlways(inner)) return never;
      if (isNever(inner)) return always;
      return inner.op === 'not' ? inner.of : not(inner);
    }
    case 'missing':
      return predicate;
    case 'lt':
    case 'lte':
    case 'eq': {
      const { left, right } = predicate;
      if ('asOf' in left) return never;
      if (!('asOf' in right)) return predicate;
      if (predicate.op === 'eq') return never;
      return 'fact' in left ? not(missing(left.fact)) : always;
    }
    default:
      return predicate satisfies never;
  }
}

/** Each condition once: "it is known and had happened" has become the same condition twice. */
function each(parts: readonly Predicate[]): Predicate[] {
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
}

function isAlways(predicate: Predicate): boolean {
  return predicate.op === 'and' && predicate.of.length === 0;
}
function isNever(predicate: Predicate): boolean {
  return predicate.op === 'or' && predicate.of.length === 0;
}
function single(predicate: Predicate): Predicate {
  if (predicate.op !== 'and' && predicate.op !== 'or') return predicate;
  const [only, ...rest] = predicate.of;
  return only && rest.length === 0 ? only : predicate;
}
