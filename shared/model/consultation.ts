import { z } from 'zod';
import { instant } from './case.ts';
import { levelSchema } from './codes.ts';

/** 会商: who sat together over a case, what was on the table, what came of it. Id: that of its command. Never changed afterwards. */
export const consultationSchema = z.object({
  id: z.string(),
  rev: z.int(),
  caseId: z.string(),
  level: levelSchema,
  heldAt: instant,
  /** Names and offices as the minutes have them. */
  participants: z.string(),
  options: z.array(z.string()),
  conclusion: z.string(),
  recordedAt: instant,
  recordedBy: z.string(),
});
export type Consultation = z.infer<typeof consultationSchema>;
