import { z } from 'zod';
import { instant } from './case.ts';
import { postKindSchema, villageTierSchema } from './codes.ts';

/** The register: towns, villages, people and the posts they hold. */
export const townSchema = z.object({
  id: z.string(),
  rev: z.int(),
  name: z.string(),
  kind: z.string(),
  lng: z.number(),
  lat: z.number(),
});
export type Town = z.infer<typeof townSchema>;

export const villageSchema = z.object({
  id: z.string(),
  rev: z.int(),
  name: z.string(),
  officialName: z.string(),
  kind: z.string(),
  townCode: z.string(),
  lng: z.number(),
  lat: z.number(),
  tier: villageTierSchema,
  tierFrom: instant,
  /** Department paired with the village (结对), for lagging villages. */
  departmentId: z.string().nullable(),
  /** Grows by one with each change of the village's 3+N posts. */
  bindingVersion: z.int(),
  /** Required posts that nobody holds now. */
  vacancies: z.array(postKindSchema),
});
export type Village = z.infer<typeof villageSchema>;

export const gridSchema = z.object({ id: z.string(), rev: z.int(), villageCode: z.string(), name: z.string() });
export type Grid = z.infer<typeof gridSchema>;

export const departmentSchema = z.object({ id: z.string(), rev: z.int(), name: z.string() });
export type Department = z.infer<typeof departmentSchema>;

/** Personal data: name and phone. `synthetic` marks every person of the seed set. */
export const personSchema = z.object({
  id: z.string(),
  rev: z.int(),
  name: z.string(),
  phone: z.string().nullable(),
  title: z.string(),
  townCode: z.string().nullable(),
  synthetic: z.boolean(),
});
export type Person = z.infer<typeof personSchema>;

/** A person holding a post for a village. `validTo` null: holds it now. `rank` orders the fallback of 拨号. */
export const postSchema = z.object({
  id: z.string(),
  rev: z.int(),
  villageCode: z.string(),
  kind: postKindSchema,
  personId: z.string(),
  rank: z.int(),
  bindingVersion: z.int(),
  validFrom: instant,
  validTo: instant.nullable(),
});
export type Post = z.infer<typeof postSchema>;

export const campaignSchema = z.object({
  id: z.string(),
  rev: z.int(),
  name: z.string(),
  startsAt: instant,
  endsAt: instant.nullable(),
});
export type Campaign = z.infer<typeof campaignSchema>;

/** A day that differs from the plain week: public holiday, or a working weekend (调休). `id` is yyyy-mm-dd. */
export const calendarDaySchema = z.object({
  id: z.string(),
  rev: z.int(),
  working: z.boolean(),
  name: z.string(),
});
export type CalendarDay = z.infer<typeof calendarDaySchema>;

/** County-wide settings that every workstation reads: `statYear`, `deadlineRules`, `urgeCooldownMinutes`, `calendarCoverage`. */
export const settingSchema = z.object({ id: z.string(), rev: z.int(), value: z.json() });
export type Setting = z.infer<typeof settingSchema>;
