import { z } from 'zod';

/** Answer of `GET /health`, asked without signing in: is this our server, does it speak our protocol, which data set does it hold. */
export const healthSchema = z.looseObject({
  ok: z.boolean(),
  product: z.literal('xianyou-central'),
  protocol: z.int(),
  epoch: z.string(),
  rev: z.int(),
  serverTime: z.int(),
});
export type Health = z.infer<typeof healthSchema>;
