import { z } from 'zod';
import {
  callbackResultSchema,
  categorySchema,
  dispatchStateSchema,
  levelSchema,
  petitionBatchSchema,
  petitionKindSchema,
  sourceSchema,
  urgeDegreeSchema,
} from './codes.ts';

/** UTC epoch milliseconds. */
export const instant = z.int();

/** A person who reported or is party to a case. Personal data: masked by role before it reaches the page. */
export const partySchema = z.object({ name: z.string(), phone: z.string().nullable() });
export type Party = z.infer<typeof partySchema>;

/** One link of the reason chain of a dispatch: which rule was tried, with what result. */
export const dispatchStepSchema = z.object({
  step: z.enum(['villageCode', 'polygon', 'addressDictionary', 'manual']),
  outcome: z.enum(['hit', 'miss', 'absent']),
  /** What was looked at: the code, the point, the words of the address, or the reason an operator gave. */
  evidence: z.string(),
  villageCode: z.string().nullable(),
});
export type DispatchStep = z.infer<typeof dispatchStepSchema>;

/** 事项: one dispute, request or incident. `resolvedAt` and `closedAt` are independent of each other. */
export const caseSchema = z.object({
  id: z.string(),
  rev: z.int(),
  no: z.string(),
  source: sourceSchema,
  sourceNo: z.string(),
  category: categorySchema,
  title: z.string(),
  detail: z.string(),
  address: z.string(),
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  /** `reported`: the point came with the case. `schematic`: placed inside the village's 示意 area, never a real position. */
  positionKind: z.enum(['reported', 'schematic']).nullable(),
  townCode: z.string().nullable(),
  villageCode: z.string().nullable(),
  dispatchState: dispatchStateSchema,
  dispatchChain: z.array(dispatchStepSchema),
  /** Version of the village's 3+N binding when the case was dispatched. */
  bindingVersion: z.int().nullable(),
  parties: z.array(partySchema),
  highRisk: z.boolean(),
  riskReason: z.string().nullable(),
  /** Highest level reached. */
  level: levelSchema,
  /** Deadline rule that set `originalDueAt`; see deadlines.ts. */
  deadlineRule: z.string(),
  dueAt: instant,
  originalDueAt: instant,
  recordedAt: instant,
  dispatchedAt: instant.nullable(),
  acceptedAt: instant.nullable(),
  onSceneAt: instant.nullable(),
  firstActionAt: instant.nullable(),
  resolvedAt: instant.nullable(),
  closedAt: instant.nullable(),
  calledBackAt: instant.nullable(),
  callbackResult: callbackResultSchema.nullable(),
  voidedAt: instant.nullable(),
  mergedIntoId: z.string().nullable(),
  /** Codes of the campaigns (专项行动) it is tagged with: overlapping tags, never a partition. */
  campaigns: z.array(z.string()),
  petitionKind: petitionKindSchema.nullable(),
  petitionBatch: petitionBatchSchema.nullable(),
  /** Since when a backlog petition has been open. */
  petitionSince: instant.nullable(),
  urgeCount: z.int(),
  lastUrgedAt: instant.nullable(),
  lastUrgeDegree: urgeDegreeSchema.nullable(),
  callCount: z.int(),
  lastCalledAt: instant.nullable(),
  updatedAt: instant,
});
export type Case = z.infer<typeof caseSchema>;
