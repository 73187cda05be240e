import { z } from 'zod';
import { operatorSchema } from '../protocol/auth.ts';

export const syncStateSchema = z.enum([
  'signedOut',
  'connecting',
  'firstSync',
  'catchingUp',
  'live',
  'offline',
  'blocked',
]);
export type SyncState = z.infer<typeof syncStateSchema>;

/** What the strip at the foot of every screen says. */
export const syncStatusSchema = z.object({
  state: syncStateSchema,
  /** Failure kind behind `offline` or `blocked`. */
  reason: z.string().nullable(),
  /** Last revision the replica holds in full. */
  rev: z.int().nullable(),
  /** Last instant (server's clock) at which the replica was known to be in step. */
  confirmedAt: z.int().nullable(),
  /** Instant (server's clock) at which the last whole comparison with the server began that left nothing open. */
  verifiedAt: z.int().nullable(),
  /** Rows that comparisons found wrong and put right, ever. */
  repairedRows: z.int(),
  pending: z.int(),
  rejected: z.int(),
  /** Of the pending ones: those the server could not handle when they were last sent; tried again by themselves. */
  choked: z.int(),
  /** Of a first sync: rows that have come, then steps of putting them in order (indexes, search text). */
  progress: z.object({ done: z.int(), total: z.int(), step: z.enum(['rows', 'ordering']) }).nullable(),
  nextTryAt: z.int().nullable(),
  serverUrl: z.string(),
  /** Add to the workstation's clock to get the server's. */
  clockOffsetMs: z.int(),
  operator: operatorSchema.nullable(),
});
export type SyncStatus = z.infer<typeof syncStatusSchema>;
