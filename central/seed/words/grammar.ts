/**
 * One matter that cases of a category are about: ways to name it and ways to tell it, which fit each other. Holes: {v} village, {s} its short
 * name, {t} town, {a} {b} two surnames, {n} a small number, {tens} ten to sixty, {m} an amount in 万元, {d} days, {w} a place in the village, and the names of
 * the category's `lists`. A word once drawn stays the same through title and detail.
 */
export type Topic = readonly [titles: readonly string[], details: readonly string[]];

export interface CategoryWords {
  topics: readonly Topic[];
  lists: Readonly<Record<string, readonly string[]>>;
}
