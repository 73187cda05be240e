/**
 * Patterns of one category. Holes: {v} village, {s} its short name, {t} town, {a} {b} two surnames, {n} a small number, {m} 万元, {d} days,
 * {w} a place in the village, and the names of `lists`. A word once drawn stays the same through title and detail.
 */
export interface CategoryWords {
  titles: readonly string[];
  details: readonly string[];
  lists: Readonly<Record<string, readonly string[]>>;
}
