import { z } from 'zod';
import type { Case } from '../case.ts';
import type { CaseEventKind } from '../case-event.ts';
import { callbackResultSchema, higherLevel, levelSchema } from '../codes.ts';
import type { CommandContext, Outcome, RefusalReason } from '../effects.ts';
import { defineCommand, defineStep, undoSeconds } from './definition.ts';
import { done, endingNeeds, endings, eventOf, refusalOfStanding, refuse } from './outcomes.ts';

const note = z.string().max(2000);
const handlers = ['dispatcher', 'townClerk', 'admin'] as const;

/** A step that sets one moment once: 签收, 到场. */
function moment(kind: CaseEventKind, key: 'acceptedAt' | 'onSceneAt', already: RefusalReason) {
  return defineStep({
    args: z.object({ note }),
    roles: handlers,
    apply(before, args, context): Outcome {
      if (before.villageCode === null) return refuse('notDispatched');
      if (before[key] !== null) return refuse(already);
      const patch: Partial<Case> = { [key]: context.at };
      return done(before, patch, context, { events: [eventOf(before, context, 0, kind, {}, args.note)] });
    },
  });
}

/** 签收: the village has taken the case on. */
export const acceptCase = moment('accepted', 'acceptedAt', 'alreadyAccepted');
/** 到场: somebody stands at the place. */
export const arriveOnScene = moment('onScene', 'onSceneAt', 'alreadyOnScene');

/** 处置: a handling note; the first one sets `firstActionAt`. */
export const recordAction = defineStep({
  args: z.object({ note }),
  roles: handlers,
  apply(before, args, context) {
    if (args.note.trim() === '') return refuse('noteMissing');
    return done(before, { firstActionAt: before.firstActionAt ?? context.at }, context, {
      events: [eventOf(before, context, 0, 'acted', {}, args.note)],
    });
  },
});

/** 化解: the dispute itself is settled, at the level that settled it. Independent of 办结: a closed case may be resolved later. */
export const resolveCase = defineCommand({
  args: z.object({ level: levelSchema, note }),
  roles: handlers,
  undo: { seconds: undoSeconds },
  apply(before, args, context) {
    const refusal = refusalOfStanding(before);
    if (refusal) return refuse(refusal);
    if (before.resolvedAt !== null) return refuse('caseResolved');
    return done(
      before,
      {
        resolvedAt: context.at,
        level: higherLevel(before.level, args.level),
        firstActionAt: before.firstActionAt ?? context.at,
      },
      context,
      { events: [eventOf(before, context, 0, 'resolved', { level: args.level }, args.note)] },
    );
  },
});

/** 办结: the file is closed. Does not claim that the dispute is settled. */
export const closeCase = defineStep({
  args: z.object({ note }),
  roles: handlers,
  needs: endingNeeds,
  apply(before, args, context) {
    return done(before, { closedAt: context.at, firstActionAt: before.firstActionAt ?? context.at }, context, {
      ...endings(context),
      events: [eventOf(before, context, 0, 'closed', {}, args.note)],
    });
  },
});

/** 回访: asks the reporter of a closed case. 不满意 reopens it and clears 化解: the dispute is evidently not settled. */
export const callBack = defineCommand({
  args: z.object({ result: callbackResultSchema, note }),
  roles: ['dispatcher', 'leader', 'admin'],
  undo: { seconds: undoSeconds },
  apply(before, args, context) {
    const refusal = refusalOfStanding(before);
    if (refusal) return refuse(refusal);
    if (before.closedAt === null) return refuse('caseNotClosed');
    const asked = eventOf(before, context, 0, 'calledBack', { result: args.result }, args.note);
    const answer = { calledBackAt: context.at, callbackResult: args.result };
    if (args.result !== 'dissatisfied') return done(before, answer, context, { events: [asked] });
    return done(before, { ...answer, closedAt: null, resolvedAt: null }, context, {
      events: [asked, eventOf(before, context, 1, 'reopened', { reason: 'dissatisfied' })],
    });
  },
});

/** 高风险: marked or cleared, always with the reason. */
export const markRisk = defineStep({
  args: z.object({ highRisk: z.boolean(), reason: z.string().max(500) }),
  roles: ['dispatcher', 'leader', 'admin'],
  apply(before, args, context) {
    if (before.highRisk === args.highRisk) return refuse('riskUnchanged');
    if (args.reason.trim() === '') return refuse('reasonMissing');
    return done(before, { highRisk: args.highRisk, riskReason: args.highRisk ? args.reason : null }, context, {
      events: [eventOf(before, context, 0, args.highRisk ? 'riskMarked' : 'riskCleared', {}, args.reason)],
    });
  },
});

/** 人工分拨: gives a case that no rule could place to a village, with the reason as the last link of its chain. */
export const dispatchByHand = defineStep({
  args: z.object({ villageCode: z.string(), reason: z.string().max(500) }),
  roles: ['dispatcher', 'admin'],
  apply(before, args, context) {
    if (before.dispatchState !== 'pending') return refuse('alreadyDispatched');
    if (args.reason.trim() === '') return refuse('reasonMissing');
    return dispatchTo(before, args, context);
  },
});

/** 转派: another village owns it. What was done so far stands; the new village has yet to accept it. */
export const transferCase = defineStep({
  args: z.object({ villageCode: z.string(), reason: z.string().max(500) }),
  roles: ['dispatcher', 'admin'],
  apply(before, args, context) {
    if (before.villageCode === null) return refuse('notDispatched');
    if (before.villageCode === args.villageCode) return refuse('sameVillage');
    if (args.reason.trim() === '') return refuse('reasonMissing');
    const outcome = dispatchTo(before, args, context, 'transferred');
    if (outcome.ok) Object.assign(outcome.effects.case, { acceptedAt: null, onSceneAt: null });
    return outcome;
  },
});

/** 作废: recorded by mistake. It counts nowhere from now on; what hung on it ends. */
export const voidCase = defineStep({
  args: z.object({ reason: z.string().max(500) }),
  roles: ['dispatcher', 'admin'],
  needs: [...endingNeeds, 'mergedHere'],
  apply(before, args, context) {
    if (args.reason.trim() === '') return refuse('reasonMissing');
    if (context.mergedHere.length > 0) return refuse('othersMergedHere', String(context.mergedHere.length));
    return done(before, { voidedAt: context.at }, context, {
      ...endings(context),
      events: [eventOf(before, context, 0, 'voided', {}, args.reason)],
    });
  },
});

function dispatchTo(
  before: Case,
  args: { villageCode: string; reason: string },
  context: CommandContext,
  kind: 'dispatched' | 'transferred' = 'dispatched',
): Outcome {
  const village = context.villages.get(args.villageCode);
  if (!village) return refuse('villageUnknown', args.villageCode);
  const step = { step: 'manual', outcome: 'hit', evidence: args.reason, villageCode: village.id } as const;
  return done(
    before,
    {
      villageCode: village.id,
      townCode: village.townCode,
      dispatchState: 'manual',
      dispatchChain: [...before.dispatchChain, step],
      dispatchedAt: context.at,
      bindingVersion: village.bindingVersion,
    },
    context,
    { events: [eventOf(before, context, 0, kind, { by: 'manual', villageCode: village.id }, args.reason)] },
  );
}
