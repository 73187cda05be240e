import { z } from 'zod';
import { caseSortSchema, countMetricSchema, scopeSchema, workFacetSchema } from './case-filter.ts';
import { categorySchema, sourceSchema } from './codes.ts';

export const periodKeySchema = z.enum(['today', 'week', 'month', 'statYear', 'all']);
/** What the areas of the map can be coloured by: counts and rates of the dictionary. */
export const mapMetricSchema = z.enum([
  'recorded',
  'open',
  'highRisk',
  'overdueRate',
  'overdueByOriginalRate',
  'handledRate',
  'closedRate',
] as const);

/** A state of the desk that can be come back to: what the list and the map show, not what was chosen or opened in it. */
export const deskViewSchema = z.object({
  scope: scopeSchema.extend({ code: z.string().regex(/^\d{6,12}$/) }),
  periodKey: periodKeySchema,
  metric: countMetricSchema,
  mapMetric: mapMetricSchema,
  sources: z.array(sourceSchema).max(sourceSchema.options.length),
  categories: z.array(categorySchema).max(categorySchema.options.length),
  campaign: z.string().min(1).max(60).nullable(),
  work: workFacetSchema.nullable(),
  text: z.string().max(200),
  sort: caseSortSchema,
});
export type DeskView = z.infer<typeof deskViewSchema>;

export const viewNameSchema = z.string().trim().min(1).max(30);
/** A view kept on a workstation under a name. */
export const savedViewSchema = z.object({ id: z.string().min(1).max(40), name: viewNameSchema, view: deskViewSchema });
export type SavedView = z.infer<typeof savedViewSchema>;
export const maxViews = 100;
