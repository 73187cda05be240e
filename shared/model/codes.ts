import { z } from 'zod';

/** Where a case came from. Six sources of the platform and the rest. Source: product.md section 1. */
export const sourceSchema = z.enum([
  'grid',
  'outreach',
  'selfReport',
  'police110',
  'hotline12345',
  'publicOpinion',
  'other',
]);
export type Source = z.infer<typeof sourceSchema>;

/** Levels of government a case climbs: 村 → 镇 → 县. */
export const levelSchema = z.enum(['village', 'town', 'county']);
export type Level = z.infer<typeof levelSchema>;

export function higherLevel(a: Level, b: Level): Level {
  return isHigher(a, b) ? a : b;
}

export function isHigher(a: Level, than: Level): boolean {
  return levelSchema.options.indexOf(a) > levelSchema.options.indexOf(than);
}

/** How a case got its village: by rule, by hand, or not yet (待人工分拨). */
export const dispatchStateSchema = z.enum(['auto', 'manual', 'pending']);
export type DispatchState = z.infer<typeof dispatchStateSchema>;

/** Result of a call-back. `unreached` is not a valid call-back and counts in no rate. */
export const callbackResultSchema = z.enum(['satisfied', 'basicallySatisfied', 'dissatisfied', 'unreached']);
export type CallbackResult = z.infer<typeof callbackResultSchema>;

/** 3+N posts: the first three are the 3 (every village must have them), the others are N. */
export const postKindSchema = z.enum(['leadOfficial', 'partySecretary', 'communityPolice', 'gridLeader', 'workTeam']);
export type PostKind = z.infer<typeof postKindSchema>;
export const requiredPosts: readonly PostKind[] = ['leadOfficial', 'partySecretary', 'communityPolice'];

/** Who sits at the desk. */
export const roleSchema = z.enum(['dispatcher', 'leader', 'townClerk', 'admin', 'auditor']);
export type Role = z.infer<typeof roleSchema>;

/** Degree of an urging: yellow is a reminder, orange a warning, red a supervision notice. */
export const urgeDegreeSchema = z.enum(['yellow', 'orange', 'red']);
export type UrgeDegree = z.infer<typeof urgeDegreeSchema>;

/** What came of a call. `unrecorded` stands from the click until the operator says. */
export const callOutcomeSchema = z.enum(['unrecorded', 'answered', 'noAnswer', 'busy', 'invalidNumber', 'noTelephone']);
export type CallOutcome = z.infer<typeof callOutcomeSchema>;

/** State of one message to one recipient: 待发, 已发, 送达, 失败. */
export const messageStateSchema = z.enum(['queued', 'sent', 'delivered', 'failed']);
export type MessageState = z.infer<typeof messageStateSchema>;

/** State of an asked 延期. `lapsed`: the case ended before anybody decided. */
export const extensionStateSchema = z.enum(['asked', 'approved', 'rejected', 'lapsed']);

/** State of a case handed to somebody, up (提级) or out (交办): still there, sent back to the sender, or ended with its case. */
export const handoverStateSchema = z.enum(['open', 'returned', 'settled']);

export const assigneeKindSchema = z.enum(['leader', 'department']);
/** Why an assignee was proposed: the village's paired department (结对), the leader in charge of the village (包村), or nobody's proposal. */
export const assignmentBasisSchema = z.enum(['pairedDepartment', 'leadOfficial', 'chosen']);

export const petitionKindSchema = z.enum(['first', 'repeat', 'backlog']);
export const petitionBatchSchema = z.enum(['resolve', 'strive', 'stabilise', 'legal']);
export type PetitionBatch = z.infer<typeof petitionBatchSchema>;
export const villageTierSchema = z.enum(['assured', 'good', 'fair', 'lagging']);
export type VillageTier = z.infer<typeof villageTierSchema>;

/** Categories of dispute and request; labels in locales `category.*`. The list is ours [C], editable in one place. */
export const categorySchema = z.enum([
  'neighbour',
  'homestead',
  'land',
  'forest',
  'marriage',
  'labour',
  'debt',
  'consumer',
  'property',
  'traffic',
  'medical',
  'environment',
  'cityAppearance',
  'livelihood',
  'villageAffairs',
  'education',
  'safety',
  'other',
]);
export type Category = z.infer<typeof categorySchema>;
