import { z } from 'zod';
import { urgeDegreeSchema } from '../codes.ts';
import type { Message } from '../message.ts';
import { defineCommand, undoSeconds } from './definition.ts';
import { done, eventOf, refusalOfOpen, refuse } from './outcomes.ts';

/** 一键催办: reminds the named responsible persons by SMS and in the app. */
export const urgeResponsibles = defineCommand({
  args: z.object({
    degree: urgeDegreeSchema,
    recipientIds: z.array(z.string()).max(64),
    note: z.string().max(500),
  }),
  roles: ['dispatcher', 'leader', 'admin'],
  undo: 'irrevocable',
  undoOfMany: { seconds: undoSeconds },
  apply(before, args, context) {
    const refusal = refusalOfOpen(before);
    if (refusal) return refuse(refusal);
    const recipients = [...new Set(args.recipientIds)];
    if (recipients.length === 0) return refuse('noRecipients');
    const messages: Message[] = [];
    for (const personId of recipients) {
      const person = context.persons.get(personId);
      if (!person) return refuse('personUnknown', personId);
      const dead = person.phone === null;
      messages.push({
        id: `${context.commandId}:${personId}`,
        rev: 0,
        caseId: before.id,
        commandId: context.commandId,
        personId,
        degree: args.degree,
        state: dead ? 'failed' : 'queued',
        queuedAt: context.at,
        sentAt: null,
        deliveredAt: null,
        failedAt: dead ? context.at : null,
        failure: dead ? 'noNumber' : null,
        attempts: 0,
      });
    }
    return done(
      before,
      {
        urgeCount: before.urgeCount + 1,
        lastUrgedAt: Math.max(before.lastUrgedAt ?? 0, context.at),
        lastUrgeDegree: args.degree,
      },
      context,
      {
        messages,
        events: [
          eventOf(before, context, 0, 'urged', { degree: args.degree, recipients: recipients.length }, args.note),
        ],
      },
    );
  },
});
