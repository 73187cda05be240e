import { z } from 'zod';
import { instant } from './case.ts';
import { categorySchema, petitionKindSchema } from './codes.ts';

export const text = (max: number) => z.string().trim().max(max);
export const words = (max: number) => z.string().trim().min(1).max(max);
export const code = words(64);

/** A person named by a report. The number is kept as it was written; it is read when somebody dials it. */
export const reporterSchema = z.strictObject({ name: words(50), phone: words(100).nullable().default(null) });

/** What a report says whoever brings it, a source's program or an operator at the desk. */
export const reportFields = {
  title: words(200),
  detail: text(10_000).default(''),
  address: text(500).default(''),
  category: categorySchema.default('other'),
  /** WGS84 degrees, both or none. */
  lng: z.number().min(-180).max(180).nullable().default(null),
  lat: z.number().min(-90).max(90).nullable().default(null),
  villageCode: code.nullable().default(null),
  campaigns: z.array(code).max(20).default([]),
  petitionKind: petitionKindSchema.nullable().default(null),
  /** When the source recorded it, epoch ms. */
  recordedAt: instant.min(0).optional(),
};

/** A clock may be ahead of ours by this much, ms; no more. */
export const intakeClockToleranceMs = 5 * 60_000;
