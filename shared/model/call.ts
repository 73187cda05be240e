import { z } from 'zod';
import { instant } from './case.ts';
import { callOutcomeSchema } from './codes.ts';

/** A call record: exists from the click on 拨号, also with no telephone at hand. */
export const callSchema = z.object({
  id: z.string(),
  rev: z.int(),
  caseId: z.string(),
  personId: z.string().nullable(),
  operatorId: z.string(),
  startedAt: instant,
  finishedAt: instant.nullable(),
  outcome: callOutcomeSchema,
  note: z.string(),
});
export type Call = z.infer<typeof callSchema>;
