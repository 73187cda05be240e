import { z } from 'zod';
import { assigneeKindSchema, assignmentBasisSchema } from '../codes.ts';
import type { CommandContext } from '../effects.ts';
import { defineStep } from './definition.ts';
import { heldAt } from './escalate-case.ts';
import { done, eventOf, refuse } from './outcomes.ts';

/** 交办: a case in the county inbox is given to a county leader or to a department. */
export const assignCase = defineStep({
  args: z.object({
    kind: assigneeKindSchema,
    personId: z.string().max(64).nullable(),
    departmentId: z.string().max(64).nullable(),
    basis: assignmentBasisSchema,
    reason: z.string().max(500),
  }),
  roles: ['dispatcher', 'leader', 'admin'],
  needs: ['escalations', 'assignments'],
  apply(before, args, context) {
    if (heldAt(context.escalations) !== 'county') return refuse('notAtCounty');
    if (context.assignments.some((one) => one.state === 'open')) return refuse('alreadyAssigned');
    const assignee = assigneeOf(args, context);
    if (!assignee)
      return args.kind === 'leader'
        ? refuse('personUnknown', args.personId ?? '')
        : refuse('departmentUnknown', args.departmentId ?? '');
    if (args.reason.trim() === '') return refuse('reasonMissing');
    return done(before, {}, context, {
      assignments: [
        {
          id: context.commandId,
          rev: 0,
          caseId: before.id,
          kind: args.kind,
          assigneeId: assignee.id,
          assigneeName: assignee.name,
          state: 'open',
          basis: args.basis,
          reason: args.reason,
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
          'assigned',
          { kind: args.kind, assignee: assignee.name, basis: args.basis },
          args.reason,
        ),
      ],
    });
  },
});

/** 退回交办: the assignee sends it back to the county inbox, with the reason. */
export const returnAssignment = defineStep({
  args: z.object({ assignmentId: z.string().max(64), note: z.string().max(500) }),
  roles: ['dispatcher', 'leader', 'admin'],
  needs: ['assignments'],
  apply(before, args, context) {
    const open = context.assignments.find((one) => one.id === args.assignmentId);
    if (!open) return refuse('handoverUnknown');
    if (open.state !== 'open') return refuse('handoverEnded');
    if (args.note.trim() === '') return refuse('reasonMissing');
    const ended = { endedAt: context.at, endedBy: context.operator.name, endNote: args.note };
    return done(before, {}, context, {
      assignments: [{ ...open, ...ended, state: 'returned' }],
      events: [
        eventOf(before, context, 0, 'assignmentReturned', { kind: open.kind, assignee: open.assigneeName }, args.note),
      ],
    });
  },
});

function assigneeOf(
  args: { kind: 'leader' | 'department'; personId: string | null; departmentId: string | null },
  context: CommandContext,
): { id: string; name: string } | undefined {
  return args.kind === 'leader'
    ? context.persons.get(args.personId ?? '')
    : context.departments.get(args.departmentId ?? '');
}
