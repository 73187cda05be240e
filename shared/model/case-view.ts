import { z } from 'zod';
import { assignmentSchema } from './assignment.ts';
import { callSchema } from './call.ts';
import { caseSchema } from './case.ts';
import { caseEventSchema } from './case-event.ts';
import { postKindSchema } from './codes.ts';
import { consultationSchema } from './consultation.ts';
import { escalationSchema } from './escalation.ts';
import { extensionSchema } from './extension.ts';
import { messageSchema } from './message.ts';

/** A row of the queue. `pendingCommands` > 0 wears the small clock: the server does not have them yet. */
export const caseRowSchema = caseSchema
  .pick({
    id: true,
    no: true,
    source: true,
    category: true,
    title: true,
    townCode: true,
    villageCode: true,
    dispatchState: true,
    highRisk: true,
    dueAt: true,
    originalDueAt: true,
    recordedAt: true,
    acceptedAt: true,
    onSceneAt: true,
    firstActionAt: true,
    resolvedAt: true,
    closedAt: true,
    urgeCount: true,
    lastUrgedAt: true,
    lastUrgeDegree: true,
    callCount: true,
    lastCalledAt: true,
    updatedAt: true,
  })
  .extend({ townName: z.string().nullable(), villageName: z.string().nullable(), pendingCommands: z.int() });
export type CaseRow = z.infer<typeof caseRowSchema>;

/** A holder of one of the village's 3+N posts; `personId` null is a vacancy. `phone` is masked unless the role may see it. */
export const responsibleSchema = z.object({
  postKind: postKindSchema,
  rank: z.int(),
  personId: z.string().nullable(),
  name: z.string().nullable(),
  title: z.string().nullable(),
  phone: z.string().nullable(),
  /** The number can be dialled: it is there and well-formed. */
  dialable: z.boolean(),
  /** Newest message and call to this person about this case. */
  lastMessage: messageSchema.nullable(),
  lastCall: callSchema.nullable(),
});
export type Responsible = z.infer<typeof responsibleSchema>;

export const pendingCommandSchema = z.object({
  id: z.string(),
  caseId: z.string(),
  name: z.string(),
  issuedAt: z.int(),
  state: z.enum(['pending', 'sending', 'rejected']),
  /** When the server last failed to handle it, if it did: it is tried again by itself. */
  chokedAt: z.int().nullable(),
  reason: z.string().nullable(),
  detail: z.string().nullable(),
});
export type PendingCommand = z.infer<typeof pendingCommandSchema>;

const namedCaseSchema = z.object({ id: z.string(), no: z.string(), title: z.string() });

/** What is done around a case, oldest first. `pending`: the server does not have it as it is shown. */
export const caseWorkSchema = z.object({
  consultations: z.array(consultationSchema.extend({ pending: z.boolean() })),
  extensions: z.array(extensionSchema.extend({ pending: z.boolean() })),
  escalations: z.array(escalationSchema.extend({ pending: z.boolean() })),
  assignments: z.array(assignmentSchema.extend({ pending: z.boolean() })),
  mergedInto: namedCaseSchema.nullable(),
  mergedHere: z.array(namedCaseSchema),
  rules: z.object({ consultationsToEscalate: z.int(), extensionDaysAtMost: z.int() }),
});
export type CaseWork = z.infer<typeof caseWorkSchema>;

export const caseDetailSchema = z.object({
  case: caseSchema,
  townName: z.string().nullable(),
  villageName: z.string().nullable(),
  departmentName: z.string().nullable(),
  timeline: z.array(caseEventSchema.extend({ pending: z.boolean() })),
  responsibles: z.array(responsibleSchema),
  messages: z.array(messageSchema.extend({ personName: z.string(), pending: z.boolean() })),
  calls: z.array(callSchema.extend({ personName: z.string().nullable(), pending: z.boolean() })),
  commands: z.array(pendingCommandSchema),
  work: caseWorkSchema,
});
export type CaseDetail = z.infer<typeof caseDetailSchema>;
