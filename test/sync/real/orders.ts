import { z } from 'zod';
import { syncStatusSchema } from '../../../shared/model/sync-status.ts';

/** What a desk's process is told, one line of JSON on its standard input each. Answered by a line with the same `n`. */
export const orderSchema = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('open'),
    n: z.int(),
    file: z.string(),
    url: z.string(),
    account: z.object({ username: z.string(), password: z.string() }),
    workstation: z.string(),
    seed: z.int(),
  }),
  z.object({
    t: z.literal('give'),
    n: z.int(),
    id: z.string(),
    name: z.string(),
    args: z.unknown(),
    caseId: z.string(),
    /** Taken back at once, while its time for that runs; everything else is dated so that its time is over. */
    takenBack: z.boolean(),
  }),
  z.object({ t: z.literal('compare'), n: z.int() }),
  z.object({ t: z.literal('tray'), n: z.int() }),
  z.object({ t: z.literal('close'), n: z.int() }),
]);
export type Order = z.infer<typeof orderSchema>;

/** What it says. `ok` of a command: it stands on the disk. */
export const saidSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('ready') }),
  z.object({ t: z.literal('status'), status: syncStatusSchema, open: z.int() }),
  z.object({ t: z.literal('done'), n: z.int(), ok: z.boolean(), found: z.array(z.string()) }),
]);
export type Said = z.infer<typeof saidSchema>;
