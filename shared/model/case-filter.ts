import { z } from 'zod';
import { categorySchema, sourceSchema } from './codes.ts';
import { type CountMetric, countMetricNames } from './metrics/dictionary.ts';

/** Place a screen looks at. `county` carries the county's code 350322. */
export const scopeSchema = z.object({ level: z.enum(['county', 'town', 'village']), code: z.string() });
export type Scope = z.infer<typeof scopeSchema>;
export const countyCode = '350322';
export const countyScope: Scope = { level: 'county', code: countyCode };

/** Half-open range of `recordedAt`, epoch ms; null is unbounded. */
export const periodSchema = z.object({ from: z.int().nullable(), to: z.int().nullable() });
export type Period = z.infer<typeof periodSchema>;

export const countMetricSchema = z.enum(countMetricNames as [CountMetric, ...CountMetric[]]);

/**
 * Whose turn a case is: in the county inbox (县级收件箱: handed up to the county and given to nobody), given to somebody (交办), or with an asked 延期 that
 * waits for its decision. As it stands now, whatever the filter's as-of instant.
 */
export const workFacetSchema = z.enum(['countyInbox', 'assigned', 'extensionAsked']);
export type WorkFacet = z.infer<typeof workFacetSchema>;

/** Most cases a filter can name. */
export const nameableCases = 5000;

/**
 * A set of cases: the cohort (scope, period, sources, categories, campaign, words) and, with `metric`, those of it that the metric counts at
 * `asOf`. Whoever shows a number keeps the filter that made it, so the list behind the number is the same query.
 */
export const caseFilterSchema = z.object({
  scope: scopeSchema,
  period: periodSchema,
  metric: countMetricSchema,
  asOf: z.int(),
  sources: z.array(sourceSchema),
  categories: z.array(categorySchema),
  campaign: z.string().nullable(),
  /** Null: whoever's turn it is. Older callers do not send it. */
  work: workFacetSchema.nullable().default(null),
  /** Words typed by the operator: Chinese of any length, pinyin, initials, a case number. */
  text: z.string().max(200),
  /** Restricts to these cases: the list behind a cluster. */
  caseIds: z.array(z.string()).max(nameableCases).nullable(),
});
export type CaseFilter = z.infer<typeof caseFilterSchema>;

/** `attention`: open first, then by due. `recorded`, `updated`: newest first. */
export const caseSortSchema = z.enum(['attention', 'due', 'recorded', 'updated']);
export type CaseSort = z.infer<typeof caseSortSchema>;
