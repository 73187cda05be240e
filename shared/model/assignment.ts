import { z } from 'zod';
import { instant } from './case.ts';
import { assigneeKindSchema, assignmentBasisSchema, handoverStateSchema } from './codes.ts';

/** 交办: a case at county level given to a county leader or to a department. Id: that of its command. */
export const assignmentSchema = z.object({
  id: z.string(),
  rev: z.int(),
  caseId: z.string(),
  kind: assigneeKindSchema,
  /** Id of the person or the department, and its name then: a later change of the register rewrites no history. */
  assigneeId: z.string(),
  assigneeName: z.string(),
  state: handoverStateSchema,
  /** Which link of the register proposed this assignee; `chosen`: the operator's own choice. */
  basis: assignmentBasisSchema,
  reason: z.string(),
  at: instant,
  by: z.string(),
  endedAt: instant.nullable(),
  endedBy: z.string().nullable(),
  endNote: z.string(),
});
export type Assignment = z.infer<typeof assignmentSchema>;
