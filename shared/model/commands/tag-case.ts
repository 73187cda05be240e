import { z } from 'zod';
import { petitionBatchSchema } from '../codes.ts';
import { defineStep } from './definition.ts';
import { done, eventOf, refuse } from './outcomes.ts';

/** 专项行动 tag, on or off. Tags overlap: a case may carry several. */
export const tagCampaign = defineStep({
  args: z.object({ campaignId: z.string().max(64), tagged: z.boolean() }),
  roles: ['dispatcher', 'leader', 'admin'],
  apply(before, args, context) {
    const campaign = context.campaigns.get(args.campaignId);
    if (!campaign) return refuse('campaignUnknown');
    if (before.campaigns.includes(campaign.id) === args.tagged) return refuse('campaignUnchanged');
    const others = before.campaigns.filter((id) => id !== campaign.id);
    return done(before, { campaigns: args.tagged ? [...others, campaign.id] : others }, context, {
      events: [
        eventOf(before, context, 0, args.tagged ? 'campaignTagged' : 'campaignUntagged', {
          campaignId: campaign.id,
          campaign: campaign.name,
        }),
      ],
    });
  },
});

/** 四个一批: a petition stands in one batch at most; the reason of each move is its history. */
export const setPetitionBatch = defineStep({
  args: z.object({ batch: petitionBatchSchema, reason: z.string().max(500) }),
  roles: ['dispatcher', 'leader', 'admin'],
  apply(before, args, context) {
    if (before.petitionKind === null) return refuse('noPetition');
    if (before.petitionBatch === args.batch) return refuse('batchUnchanged');
    if (args.reason.trim() === '') return refuse('reasonMissing');
    return done(before, { petitionBatch: args.batch }, context, {
      events: [eventOf(before, context, 0, 'batchSet', { batch: args.batch, from: before.petitionBatch }, args.reason)],
    });
  },
});
