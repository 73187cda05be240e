import { z } from 'zod';
import { instant } from './case.ts';

export const caseEventKindSchema = z.enum([
  'recorded',
  'dispatched',
  'accepted',
  'onScene',
  'acted',
  'resolved',
  'closed',
  'calledBack',
  'reopened',
  'urged',
  'callStarted',
  'callFinished',
  'riskMarked',
  'riskCleared',
  'extensionAsked',
  'extensionApproved',
  'extensionRejected',
  'consulted',
  'escalated',
  'escalationReturned',
  'assigned',
  'assignmentReturned',
  'transferred',
  'merged',
  'unmerged',
  'voided',
  'campaignTagged',
  'campaignUntagged',
  'batchSet',
]);
export type CaseEventKind = z.infer<typeof caseEventKindSchema>;

/** One line of a case's timeline. Its id is `<command id>:<n>` so that a pending line is replaced by the confirmed one. */
export const caseEventSchema = z.object({
  id: z.string(),
  rev: z.int(),
  caseId: z.string(),
  kind: caseEventKindSchema,
  at: instant,
  /** Operator or responsible person who did it; null for the system. */
  actorId: z.string().nullable(),
  actorName: z.string().nullable(),
  /** Facts of the event, by kind: degree, recipients, outcome, level, reason … Labels come from locales. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  note: z.string(),
});
export type CaseEvent = z.infer<typeof caseEventSchema>;
