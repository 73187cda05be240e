import { z } from 'zod';
import { instant } from './case.ts';
import { handoverStateSchema, levelSchema } from './codes.ts';

/** 提级: a case handed up, 村 → 镇 → 县. Those open at county level are the county inbox. Id: that of its command. */
export const escalationSchema = z.object({
  id: z.string(),
  rev: z.int(),
  caseId: z.string(),
  fromLevel: levelSchema,
  toLevel: levelSchema,
  state: handoverStateSchema,
  reason: z.string(),
  /** Consultations that had been held at `fromLevel`. */
  consultations: z.int(),
  /** Escalated before the precondition was met, on somebody's word. */
  override: z.boolean(),
  at: instant,
  by: z.string(),
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
  endNote: z.string(),
});
export type Escalation = z.infer<typeof escalationSchema>;
