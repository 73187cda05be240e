import { z } from 'zod';

/** Body of every answer that is not 2xx. `field` names the offending field of a 400. */
export const problemSchema = z.looseObject({
  kind: z.string(),
  message: z.string(),
  field: z.string().nullable(),
  requestId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
