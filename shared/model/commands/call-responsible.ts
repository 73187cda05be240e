import { z } from 'zod';
import { callOutcomeSchema } from '../codes.ts';
import { defineCommand, undoSeconds } from './definition.ts';
import { done, eventOf, refusalOfStanding, refuse } from './outcomes.ts';

/** 一键拨号: the record exists from the click on, whether a telephone answers or none is at hand. */
export const startCall = defineCommand({
  args: z.object({ callId: z.string().min(1).max(64), personId: z.string() }),
  roles: ['dispatcher', 'leader', 'townClerk', 'admin'],
  undo: 'irrevocable',
  apply(before, args, context) {
    const refusal = refusalOfStanding(before);
    if (refusal) return refuse(refusal);
    const person = context.persons.get(args.personId);
    if (!person) return refuse('personUnknown', args.personId);
    return done(
      before,
      { callCount: before.callCount + 1, lastCalledAt: Math.max(before.lastCalledAt ?? 0, context.at) },
      context,
      {
        calls: [
          {
            id: args.callId,
            rev: 0,
            caseId: before.id,
            personId: person.id,
            operatorId: context.operator.id,
            startedAt: context.at,
            finishedAt: null,
            outcome: 'unrecorded',
            note: '',
          },
        ],
        events: [
          eventOf(before, context, 0, 'callStarted', { callId: args.callId, personId: person.id, person: person.name }),
        ],
      },
    );
  },
});

/** What came of a call, and what was said. */
export const finishCall = defineCommand({
  args: z.object({
    callId: z.string().min(1).max(64),
    outcome: callOutcomeSchema.exclude(['unrecorded']),
    note: z.string().max(2000),
  }),
  roles: ['dispatcher', 'leader', 'townClerk', 'admin'],
  undo: { seconds: undoSeconds },
  needs: ['calls'],
  apply(before, args, context) {
    const refusal = refusalOfStanding(before);
    if (refusal) return refuse(refusal);
    const call = context.calls.get(args.callId);
    if (!call) return refuse('callUnknown', args.callId);
    if (call.finishedAt !== null) return refuse('callFinished', args.callId);
    return done(before, {}, context, {
      calls: [{ ...call, finishedAt: context.at, outcome: args.outcome, note: args.note }],
      events: [eventOf(before, context, 0, 'callFinished', { callId: call.id, outcome: args.outcome }, args.note)],
    });
  },
});
