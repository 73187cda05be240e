import { z } from 'zod';
import { instant } from '../case.ts';
import { levelSchema } from '../codes.ts';
import { defineStep } from './definition.ts';
import { done, eventOf, refuse } from './outcomes.ts';

/** 登记会商: the minutes of a consultation that was held. */
export const recordConsultation = defineStep({
  args: z.object({
    level: levelSchema,
    heldAt: instant,
    participants: z.string().max(500),
    options: z.array(z.string().max(500)).max(20),
    conclusion: z.string().max(2000),
  }),
  roles: ['dispatcher', 'leader', 'townClerk', 'admin'],
  apply(before, args, context) {
    if (args.heldAt > context.at) return refuse('heldInFuture');
    if (args.participants.trim() === '') return refuse('participantsMissing');
    if (args.conclusion.trim() === '') return refuse('conclusionMissing');
    return done(before, {}, context, {
      consultations: [
        {
          id: context.commandId,
          rev: 0,
          caseId: before.id,
          level: args.level,
          heldAt: args.heldAt,
          participants: args.participants,
          options: args.options.filter((option) => option.trim() !== ''),
          conclusion: args.conclusion,
          recordedAt: context.at,
          recordedBy: context.operator.name,
        },
      ],
      events: [eventOf(before, context, 0, 'consulted', { level: args.level }, args.conclusion)],
    });
  },
});
