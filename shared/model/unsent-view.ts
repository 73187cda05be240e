import { z } from 'zod';
import { instant } from './case.ts';
import { conflictFieldSchema } from './commands/conflict-field.ts';

/** Where a command belongs, as a person names it. */
const subject = z.object({
  caseId: z.string(),
  no: z.string().nullable(),
  title: z.string().nullable(),
  townName: z.string().nullable(),
  villageName: z.string().nullable(),
});

/** What was given together and can still be taken back. */
export const undoableSchema = z.object({
  batch: z.string(),
  /** Name of the commands in it. */
  name: z.string(),
  cases: z.int(),
  leavesAt: instant,
  /** Of the first case. */
  title: z.string().nullable(),
  /** Degree of an urging, outcome of a call; null otherwise. */
  code: z.string().nullable(),
});
export type Undoable = z.infer<typeof undoableSchema>;

/** A refused command: what the operator wanted beside what stands now. */
export const conflictSchema = subject.extend({
  id: z.string(),
  name: z.string(),
  issuedAt: instant,
  operatorName: z.string(),
  reason: z.string(),
  /** Of a case that was to be recorded: its report, to be mended and recorded again. Null for any other command. */
  report: z.unknown().optional(),
  fields: z.array(conflictFieldSchema),
});
export type Conflict = z.infer<typeof conflictSchema>;

/** A command the server failed to handle: it is tried again by itself, and the later ones of its case wait behind it. */
export const chokedSchema = subject.extend({
  id: z.string(),
  name: z.string(),
  issuedAt: instant,
  chokedAt: instant,
  /** Later commands of its case that wait behind it. */
  behind: z.int(),
});
export type Choked = z.infer<typeof chokedSchema>;
