import type { Case } from '../case.ts';
import type { CaseEvent, CaseEventKind } from '../case-event.ts';
import { type CaseRecords, type CommandContext, noRecords, type Outcome, type RefusalReason } from '../effects.ts';

export function refuse(reason: RefusalReason, detail?: string): Outcome {
  return detail === undefined ? { ok: false, reason } : { ok: false, reason, detail };
}

export function done(before: Case, patch: Partial<Case>, context: CommandContext, rest: Partial<CaseRecords>): Outcome {
  return {
    ok: true,
    effects: {
      case: { ...before, ...patch, updatedAt: Math.max(before.updatedAt, context.at) },
      ...noRecords(),
      ...rest,
    },
  };
}

/** The n-th timeline line of a command; its id lets the confirmed line replace the pending one. */
export function eventOf(
  before: Case,
  context: CommandContext,
  n: number,
  kind: CaseEventKind,
  facts: CaseEvent['facts'] = {},
  note = '',
): CaseEvent {
  return {
    id: `${context.commandId}:${n}`,
    rev: 0,
    caseId: before.id,
    kind,
    at: context.at,
    actorId: context.operator.id,
    actorName: context.operator.name,
    facts,
    note,
  };
}

/** Merged and void cases take no command; the reason names which. */
export function refusalOfStanding(before: Case): RefusalReason | null {
  if (before.voidedAt !== null) return 'caseVoid';
  if (before.mergedIntoId !== null) return 'caseMerged';
  return null;
}

/** As above, and closed cases are done with. */
export function refusalOfOpen(before: Case): RefusalReason | null {
  return refusalOfStanding(before) ?? (before.closedAt === null ? null : 'caseClosed');
}

/** What was open around a case that ends: asked extensions lapse, handovers are settled. Only what changes is given. */
export function endings(context: CommandContext): Pick<CaseRecords, 'extensions' | 'escalations' | 'assignments'> {
  const { at, operator } = context;
  const settled = { state: 'settled', endedAt: at, endedBy: operator.name } as const;
  return {
    extensions: context.extensions
      .filter((one) => one.state === 'asked')
      .map((one) => ({ ...one, state: 'lapsed', decidedAt: at, decidedBy: operator.name })),
    escalations: context.escalations.filter((one) => one.state === 'open').map((one) => ({ ...one, ...settled })),
    assignments: context.assignments.filter((one) => one.state === 'open').map((one) => ({ ...one, ...settled })),
  };
}

/** What `endings` has to know. */
export const endingNeeds = ['extensions', 'escalations', 'assignments'] as const;
