import { z } from 'zod';

/**
 * A command on the wire. `name` and `args` stay open here: an unknown name is answered with a rejection, not with a broken batch.
 * `baseRev` is the revision of the case the operator saw.
 */
export const wireCommandSchema = z.looseObject({
  id: z.string().min(10).max(64),
  name: z.string().max(64),
  args: z.unknown(),
  caseId: z.string().max(64),
  issuedAt: z.int(),
  operatorId: z.string().max(64),
  workstation: z.string().max(128),
  baseRev: z.int(),
});
export type WireCommand = z.infer<typeof wireCommandSchema>;

/**
 * The data set a workstation believes to speak to (with or without its town) and the newest revision it knows of it. A server with other data, or that stands
 * below it, was restored: it takes no command of the batch and answers `cursorAhead`, so that none overtakes those the restore has taken.
 */
export const seenSchema = z.object({ epoch: z.string().max(100), rev: z.int().min(0) });
export type Seen = z.infer<typeof seenSchema>;

export const commandBatchSchema = z.object({
  commands: z.array(wireCommandSchema).min(1).max(200),
  seen: seenSchema.optional(),
});
export type CommandBatch = z.infer<typeof commandBatchSchema>;

/** Whether a workstation that has seen this speaks to another server, or to one that was put back. */
export function isOtherData(seen: Seen, epoch: string, rev: number): boolean {
  return seen.epoch.split('.')[0] !== epoch || seen.rev > rev;
}

/** The first answer is stored with the effect; a resend gets it again with `duplicate: true`. `rev` is the revision of the effect. */
export const commandResultSchema = z.looseObject({
  id: z.string(),
  status: z.enum(['accepted', 'rejected']),
  duplicate: z.boolean(),
  reason: z.string().nullable(),
  detail: z.string().nullable(),
  rev: z.int().nullable(),
});
export type CommandResult = z.infer<typeof commandResultSchema>;
/** Results stand in the order of the batch. */
export const commandResultsSchema = z.looseObject({ results: z.array(commandResultSchema), serverTime: z.int() });
