import type { CaseEventKind } from '../case-event.ts';
import {
  byOf,
  type ConflictField,
  type ConflictValue,
  field,
  newest,
  type Standing,
  when,
  words,
} from './conflict-field.ts';
import type { CaseCommandArgs } from './registry.ts';

const code = (
  group: 'level' | 'petitionBatch' | 'extensionState' | 'handoverState',
  value: string | null | undefined,
) => (value == null ? null : ({ kind: 'code', group, code: value } satisfies ConflictValue));
const flag = (on: boolean | null | undefined): ConflictValue | null => (on == null ? null : { kind: 'flag', on });

/** A reason of mine beside the newest of its kind. */
function reasonField(reason: string, now: Standing, kind: CaseEventKind): ConflictField {
  const event = newest(now, kind);
  return field('reason', words(reason), words(event?.note), event && byOf(event));
}

/** What was asked for and decided, handed over and ended, merged and tagged. */
export const handoverFields = {
  voidCase(args: CaseCommandArgs<'voidCase'>, at: number, now: Standing): ConflictField[] {
    return [
      field('voidedAt', when(at), when(now.case?.voidedAt), byOf(newest(now, 'voided'))),
      reasonField(args.reason, now, 'voided'),
    ];
  },
  askExtension(args: CaseCommandArgs<'askExtension'>, _at: number, now: Standing): ConflictField[] {
    const open = now.extensions.findLast((one) => one.state === 'asked');
    const by = open ? { name: open.askedBy, at: open.askedAt } : null;
    return [
      field('dueAt', when(args.newDueAt), when(open ? open.newDueAt : now.case?.dueAt), by),
      field('reason', words(args.reason), words(open?.reason), by),
    ];
  },
  decideExtension(args: CaseCommandArgs<'decideExtension'>, _at: number, now: Standing): ConflictField[] {
    const asked = now.extensions.find((one) => one.id === args.extensionId);
    const by = asked?.decidedAt != null ? { name: asked.decidedBy, at: asked.decidedAt } : null;
    return [
      field(
        'extension',
        code('extensionState', args.approve ? 'approved' : 'rejected'),
        code('extensionState', asked?.state),
        by,
      ),
      field('reason', words(args.note), words(asked?.decision), by),
    ];
  },
  recordConsultation(args: CaseCommandArgs<'recordConsultation'>, _at: number, _now: Standing): ConflictField[] {
    return [
      field('level', code('level', args.level), null, null),
      field('heldAt', when(args.heldAt), null, null),
      field('participants', words(args.participants), null, null),
      ...(args.options.length === 0 ? [] : [field('options', words(args.options.join('\n')), null, null)]),
      field('conclusion', words(args.conclusion), null, null),
    ];
  },
  escalateCase(args: CaseCommandArgs<'escalateCase'>, _at: number, now: Standing): ConflictField[] {
    const open = now.escalations.findLast((one) => one.state === 'open');
    const by = open ? { name: open.by, at: open.at } : null;
    return [
      field('level', code('level', args.toLevel), code('level', open?.toLevel), by),
      field('reason', words(args.reason), words(open?.reason), by),
    ];
  },
  returnEscalation(args: CaseCommandArgs<'returnEscalation'>, _at: number, now: Standing): ConflictField[] {
    return handoverField(
      args.note,
      now.escalations.find((one) => one.id === args.escalationId),
    );
  },
  assignCase(args: CaseCommandArgs<'assignCase'>, _at: number, now: Standing): ConflictField[] {
    const open = now.assignments.findLast((one) => one.state === 'open');
    const by = open ? { name: open.by, at: open.at } : null;
    const name =
      args.kind === 'leader'
        ? now.nameOf('person', args.personId ?? '')
        : now.nameOf('department', args.departmentId ?? '');
    return [
      field('assignee', words(name ?? args.personId ?? args.departmentId), words(open?.assigneeName), by),
      field('reason', words(args.reason), words(open?.reason), by),
    ];
  },
  returnAssignment(args: CaseCommandArgs<'returnAssignment'>, _at: number, now: Standing): ConflictField[] {
    return handoverField(
      args.note,
      now.assignments.find((one) => one.id === args.assignmentId),
    );
  },
  mergeCase(args: CaseCommandArgs<'mergeCase'>, _at: number, now: Standing): ConflictField[] {
    return [
      field('mergedInto', words(now.nameOf('case', args.intoId) ?? args.intoId), mergedInto(now), byMerge(now)),
      reasonField(args.reason, now, 'merged'),
    ];
  },
  unmergeCase(args: CaseCommandArgs<'unmergeCase'>, _at: number, now: Standing): ConflictField[] {
    return [field('mergedInto', null, mergedInto(now), byMerge(now)), reasonField(args.reason, now, 'unmerged')];
  },
  tagCampaign(args: CaseCommandArgs<'tagCampaign'>, _at: number, now: Standing): ConflictField[] {
    return [
      field('campaign', words(now.nameOf('campaign', args.campaignId) ?? args.campaignId), null, null),
      field('campaign', flag(args.tagged), flag(now.case?.campaigns.includes(args.campaignId)), null),
    ];
  },
  setPetitionBatch(args: CaseCommandArgs<'setPetitionBatch'>, _at: number, now: Standing): ConflictField[] {
    return [
      field(
        'petitionBatch',
        code('petitionBatch', args.batch),
        code('petitionBatch', now.case?.petitionBatch),
        byOf(newest(now, 'batchSet')),
      ),
      reasonField(args.reason, now, 'batchSet'),
    ];
  },
};

function handoverField(
  note: string,
  standing: { state: string; endedAt: number | null; endedBy: string | null; endNote: string } | undefined,
): ConflictField[] {
  const by = standing?.endedAt != null ? { name: standing.endedBy, at: standing.endedAt } : null;
  return [
    field('handover', code('handoverState', 'returned'), code('handoverState', standing?.state), by),
    field('reason', words(note), words(standing?.endNote), by),
  ];
}

const mergedInto = (now: Standing): ConflictValue | null => {
  const into = now.case?.mergedIntoId;
  return into == null ? null : words(now.nameOf('case', into) ?? into);
};
const byMerge = (now: Standing) => (now.case?.mergedIntoId == null ? null : byOf(newest(now, 'merged')));
