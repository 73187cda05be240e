import { z } from 'zod';
import { dayMs } from '../../time/shanghai.ts';
import { instant } from '../case.ts';
import { defineStep } from './definition.ts';
import { done, eventOf, refuse } from './outcomes.ts';

/** 申请延期. The due stands until somebody approves; asked after it has passed it is marked late. */
export const askExtension = defineStep({
  args: z.object({ newDueAt: instant, reason: z.string().max(500) }),
  roles: ['dispatcher', 'townClerk', 'admin'],
  needs: ['extensions', 'rules'],
  apply(before, args, context) {
    if (args.reason.trim() === '') return refuse('reasonMissing');
    if (context.extensions.some((one) => one.state === 'asked')) return refuse('extensionOpen');
    if (args.newDueAt <= Math.max(before.dueAt, context.at)) return refuse('dueNotLater');
    const days = context.rules.extensionDaysAtMost;
    if (args.newDueAt > Math.max(before.originalDueAt, context.at) + days * dayMs)
      return refuse('dueTooFar', String(days));
    const late = context.at > before.dueAt;
    return done(before, {}, context, {
      extensions: [
        {
          id: context.commandId,
          rev: 0,
          caseId: before.id,
          state: 'asked',
          reason: args.reason,
          fromDueAt: before.dueAt,
          newDueAt: args.newDueAt,
          late,
          askedAt: context.at,
          askedBy: context.operator.name,
          decidedAt: null,
          decidedBy: null,
          decision: '',
        },
      ],
      events: [eventOf(before, context, 0, 'extensionAsked', { newDueAt: args.newDueAt, late }, args.reason)],
    });
  },
});

/** 审批延期. Approval moves the due and keeps the original; rejection says why and changes nothing else. */
export const decideExtension = defineStep({
  args: z.object({ extensionId: z.string().max(64), approve: z.boolean(), note: z.string().max(500) }),
  roles: ['leader', 'admin'],
  needs: ['extensions'],
  apply(before, args, context) {
    const asked = context.extensions.find((one) => one.id === args.extensionId);
    if (!asked) return refuse('extensionUnknown');
    if (asked.state !== 'asked') return refuse('extensionDecided');
    if (!args.approve && args.note.trim() === '') return refuse('reasonMissing');
    return done(before, args.approve ? { dueAt: Math.max(before.dueAt, asked.newDueAt) } : {}, context, {
      extensions: [
        {
          ...asked,
          state: args.approve ? 'approved' : 'rejected',
          decidedAt: context.at,
          decidedBy: context.operator.name,
          decision: args.note,
        },
      ],
      events: [
        eventOf(
          before,
          context,
          0,
          args.approve ? 'extensionApproved' : 'extensionRejected',
          { extensionId: asked.id, newDueAt: asked.newDueAt },
          args.note,
        ),
      ],
    });
  },
});
