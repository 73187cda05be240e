import { z } from 'zod';
import { instant } from './case.ts';
import { messageStateSchema, urgeDegreeSchema } from './codes.ts';

/** One SMS to one recipient of an urging. Id: `<command id>:<person id>`. */
export const messageSchema = z.object({
  id: z.string(),
  rev: z.int(),
  caseId: z.string(),
  commandId: z.string(),
  personId: z.string(),
  degree: urgeDegreeSchema,
  state: messageStateSchema,
  queuedAt: instant,
  sentAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  failedAt: instant.nullable(),
  /** Code of the failure: noNumber, invalidNumber, providerRefused, providerUnreachable. */
  failure: z.string().nullable(),
  attempts: z.int(),
});
export type Message = z.infer<typeof messageSchema>;
