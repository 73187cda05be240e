import { z } from 'zod';
import { defineCommand, undoSeconds } from './definition.ts';
import { done, endingNeeds, endings, eventOf, refusalOfStanding, refuse } from './outcomes.ts';

/**
 * 并案: the case is the same matter as another and goes on under that one's number. It counts nowhere, takes no command and climbs no level from now on.
 * Always one step deep: into a case that stands for itself, and not while others are merged into this one.
 */
export const mergeCase = defineCommand({
  args: z.object({ intoId: z.string().max(64), reason: z.string().max(500) }),
  roles: ['dispatcher', 'admin'],
  undo: { seconds: undoSeconds },
  needs: [...endingNeeds, 'mergedHere'],
  apply(before, args, context) {
    const refusal = refusalOfStanding(before);
    if (refusal) return refuse(refusal);
    if (args.intoId === before.id) return refuse('mergeIntoItself');
    const into = context.cases.get(args.intoId);
    if (!into) return refuse('mergeTargetUnknown');
    if (refusalOfStanding(into)) return refuse('mergeTargetEnded', into.no);
    if (context.mergedHere.length > 0) return refuse('othersMergedHere', String(context.mergedHere.length));
    if (args.reason.trim() === '') return refuse('reasonMissing');
    return done(before, { mergedIntoId: into.id }, context, {
      ...endings(context),
      events: [eventOf(before, context, 0, 'merged', { into: into.no }, args.reason)],
    });
  },
});

/** 撤销并案: it stands for itself again, as it was; what had ended by the merging stays ended. */
export const unmergeCase = defineCommand({
  args: z.object({ reason: z.string().max(500) }),
  roles: ['dispatcher', 'admin'],
  undo: { seconds: undoSeconds },
  apply(before, args, context) {
    if (before.voidedAt !== null) return refuse('caseVoid');
    if (before.mergedIntoId === null) return refuse('caseNotMerged');
    if (args.reason.trim() === '') return refuse('reasonMissing');
    return done(before, { mergedIntoId: null }, context, {
      events: [eventOf(before, context, 0, 'unmerged', {}, args.reason)],
    });
  },
});
