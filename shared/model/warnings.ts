import { z } from 'zod';
import type { Case } from './case.ts';
import { caseEventKindSchema } from './case-event.ts';
import { dueSoonMs, dueStateOf } from './due-state.ts';

/** What a case can come to warn of: 临期 (amber), 逾期 (red), and an open case that is of high risk. */
export const warningKindSchema = z.enum(['amber', 'red', 'highRisk']);
export type WarningKind = z.infer<typeof warningKindSchema>;

/** Events by which a case can come into a state that its due alone does not tell of. */
export const turningKinds = caseEventKindSchema.extract(['reopened', 'unmerged', 'extensionApproved']).options;
export const riskKind = caseEventKindSchema.enum.riskMarked;

export type WarnedCase = Pick<
  Case,
  'dueAt' | 'closedAt' | 'mergedIntoId' | 'voidedAt' | 'recordedAt' | 'updatedAt' | 'highRisk'
>;

/** Instants of the events of a case that turn it, in any order. */
export interface Turns {
  due: readonly number[];
  risk: readonly number[];
}

/** A case came into a state at `at`, epoch ms. */
export interface Transition {
  kind: WarningKind;
  at: number;
}

/**
 * What a case came to within (from, to], as it stands at `to`: an amber case that has turned red since is red only, and one whose extension took it back is
 * nothing. Amber begins 24 h before its due, red the instant after it; never before the case was recorded, reopened, unmerged or had its due moved.
 */
export function transitionsOf(row: WarnedCase, turns: Turns, from: number, to: number): Transition[] {
  if (row.mergedIntoId !== null || row.voidedAt !== null || row.closedAt !== null) return [];
  const last = (moments: readonly number[]): number =>
    Math.max(row.recordedAt, ...moments.filter((moment) => moment <= to));
  const found: Transition[] = [];
  const state = dueStateOf(row, to);
  if (state === 'dueSoon') found.push({ kind: 'amber', at: Math.max(row.dueAt - dueSoonMs, last(turns.due)) });
  if (state === 'overdue') found.push({ kind: 'red', at: Math.max(row.dueAt + 1, last(turns.due)) });
  if (row.highRisk) found.push({ kind: 'highRisk', at: last(turns.risk) });
  return found.filter(({ at }) => from < at && at <= to);
}
