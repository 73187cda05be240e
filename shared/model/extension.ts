import { z } from 'zod';
import { instant } from './case.ts';
import { extensionStateSchema } from './codes.ts';

/** 延期: asks for a later due. The case keeps its original due; an approved one moves `dueAt`. Id: that of the command that asked. */
export const extensionSchema = z.object({
  id: z.string(),
  rev: z.int(),
  caseId: z.string(),
  state: extensionStateSchema,
  reason: z.string(),
  /** Due of the case when it was asked, and the due asked for. */
  fromDueAt: instant,
  newDueAt: instant,
  /** Asked after the due had passed: allowed, but marked so for whoever decides and in the assessment. */
  late: z.boolean(),
  askedAt: instant,
  askedBy: z.string(),
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  decision: z.string(),
});
export type Extension = z.infer<typeof extensionSchema>;
