import { z } from 'zod';
import { higherLevel, isHigher, type Level, levelSchema } from '../codes.ts';
import type { Consultation } from '../consultation.ts';
import type { CaseRules } from '../effects.ts';
import type { Escalation } from '../escalation.ts';
import { defineStep } from './definition.ts';
import { done, eventOf, refuse } from './outcomes.ts';

/** Where a case is held now: at the level of its open escalation, else with its village. */
export function heldAt(escalations: readonly Escalation[]): Level {
  const open = escalations.filter((one) => one.state === 'open').map((one) => one.toLevel);
  return levelSchema.options.findLast((level) => open.includes(level)) ?? 'village';
}

/** What the precondition of an escalation wants at the level the case leaves, and what is there. */
export function consultationsFor(
  escalations: readonly Escalation[],
  consultations: readonly Consultation[],
  rules: CaseRules,
): { level: Level; held: number; needed: number } {
  const level = heldAt(escalations);
  return {
    level,
    held: consultations.filter((one) => one.level === level).length,
    needed: rules.consultationsToEscalate,
  };
}

/**
 * 提级. Wants so many consultations at the level it leaves (setting `caseRules`); without them only with an override, whose reason stands in the
 * timeline. `level` of the case is the highest reached and never falls.
 */
export const escalateCase = defineStep({
  args: z.object({ toLevel: levelSchema, reason: z.string().max(500), override: z.boolean() }),
  roles: ['dispatcher', 'leader', 'townClerk', 'admin'],
  needs: ['consultations', 'escalations', 'rules'],
  apply(before, args, context) {
    if (before.villageCode === null) return refuse('notDispatched');
    const { level, held, needed } = consultationsFor(context.escalations, context.consultations, context.rules);
    if (!isHigher(args.toLevel, level)) return refuse('levelNotHigher');
    if (args.reason.trim() === '') return refuse('reasonMissing');
    const override = held < needed;
    if (override && !args.override) return refuse('consultationsMissing', `${held}/${needed}`);
    return done(before, { level: higherLevel(before.level, args.toLevel) }, context, {
      escalations: [
        {
          id: context.commandId,
          rev: 0,
          caseId: before.id,
          fromLevel: level,
          toLevel: args.toLevel,
          state: 'open',
          reason: args.reason,
          consultations: held,
          override,
          at: context.at,
          by: context.operator.name,
          endedAt: null,
          endedBy: null,
          endNote: '',
        },
      ],
      events: [
        eventOf(
          before,
          context,
          0,
          'escalated',
          { from: level, to: args.toLevel, consultations: held, override },
          args.reason,
        ),
      ],
    });
  },
});

/** 退回提级: the case goes back to the level that sent it, with the reason; what had climbed on from there goes back with it. */
export const returnEscalation = defineStep({
  args: z.object({ escalationId: z.string().max(64), note: z.string().max(500) }),
  roles: ['dispatcher', 'leader', 'admin'],
  needs: ['escalations', 'assignments'],
  apply(before, args, context) {
    const named = context.escalations.find((one) => one.id === args.escalationId);
    if (!named) return refuse('handoverUnknown');
    if (named.state !== 'open') return refuse('handoverEnded');
    if (args.note.trim() === '') return refuse('reasonMissing');
    const from = heldAt(context.escalations);
    const back = context.escalations.filter((one) => one.state === 'open' && !isHigher(named.toLevel, one.toLevel));
    const ended = { endedAt: context.at, endedBy: context.operator.name };
    return done(before, {}, context, {
      escalations: back.map((one) => ({ ...one, ...ended, state: 'returned', endNote: args.note })),
      // Whoever has it from the county holds it no longer either.
      assignments:
        from === 'county'
          ? context.assignments
              .filter((one) => one.state === 'open')
              .map((one) => ({ ...one, ...ended, state: 'settled' }))
          : [],
      events: [eventOf(before, context, 0, 'escalationReturned', { from, to: named.fromLevel }, args.note)],
    });
  },
});
