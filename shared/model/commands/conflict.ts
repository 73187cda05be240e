import { z } from 'zod';
import type { CaseEventKind } from '../case-event.ts';
import {
  byOf,
  type ConflictField,
  field,
  newest,
  noteField,
  persons,
  place,
  type Standing,
  step,
  when,
  words,
} from './conflict-field.ts';
import { handoverFields } from './conflict-handovers.ts';
import { recordingFields } from './conflict-recording.ts';
import { type CaseCommandArgs, type CaseCommandName, caseCommands } from './registry.ts';

type FieldsOf<N extends CaseCommandName> = (args: CaseCommandArgs<N>, at: number, now: Standing) => ConflictField[];

/** The village a case is given to, and why. */
const placing =
  (kind: CaseEventKind) =>
  (args: { villageCode: string; reason: string }, _at: number, now: Standing): ConflictField[] => {
    const event = newest(now, kind);
    return [
      field('village', place(args.villageCode, now), place(now.case?.villageCode ?? null, now), byOf(event)),
      field('reason', words(args.reason), words(now.case?.dispatchChain.at(-1)?.evidence), byOf(event)),
    ];
  };

const fieldsOf: { [N in CaseCommandName]: FieldsOf<N> } = {
  recordCase: recordingFields,
  urgeResponsibles(args, at, now) {
    const event = newest(now, 'urged');
    const degree = now.case?.lastUrgeDegree ?? null;
    const reached = event?.facts.recipients;
    return [
      field(
        'degree',
        { kind: 'code', group: 'urgeDegree', code: args.degree },
        degree && { kind: 'code', group: 'urgeDegree', code: degree },
        byOf(event),
      ),
      field('urgedAt', when(at), when(now.case?.lastUrgedAt), byOf(event)),
      field(
        'recipients',
        persons(args.recipientIds, now),
        typeof reached === 'number' ? { kind: 'persons', n: reached, names: [] } : null,
        byOf(event),
      ),
      ...noteField(args.note, event),
    ];
  },
  startCall(args, at, now) {
    const event = newest(now, 'callStarted');
    const called = event?.facts.personId;
    return [
      field('calledAt', when(at), when(now.case?.lastCalledAt), byOf(event)),
      field(
        'person',
        persons([args.personId], now),
        typeof called === 'string' ? persons([called], now) : null,
        byOf(event),
      ),
    ];
  },
  finishCall(args, at, now) {
    const call = now.calls.get(args.callId);
    const event = newest(now, 'callFinished', (one) => one.facts.callId === args.callId);
    const finished = call && call.finishedAt !== null ? call : null;
    const by = finished && byOf(event);
    return [
      field(
        'outcome',
        { kind: 'code', group: 'callOutcome', code: args.outcome },
        call ? { kind: 'code', group: 'callOutcome', code: call.outcome } : null,
        by,
      ),
      field('finishedAt', when(at), when(finished?.finishedAt), by),
      ...(args.note === '' && !finished?.note ? [] : [field('note', words(args.note), words(finished?.note), by)]),
    ];
  },
  acceptCase: step('acceptedAt', 'accepted'),
  arriveOnScene: step('onSceneAt', 'onScene'),
  recordAction: step('actedAt', 'acted'),
  closeCase: step('closedAt', 'closed'),
  resolveCase(args, at, now) {
    const event = newest(now, 'resolved');
    const level = now.case?.resolvedAt == null ? null : now.case.level;
    return [
      field('resolvedAt', when(at), when(now.case?.resolvedAt), byOf(event)),
      field(
        'level',
        { kind: 'code', group: 'level', code: args.level },
        level && { kind: 'code', group: 'level', code: level },
        level && byOf(event),
      ),
      ...noteField(args.note, event),
    ];
  },
  callBack(args, at, now) {
    const event = newest(now, 'calledBack');
    const result = now.case?.callbackResult ?? null;
    return [
      field(
        'callbackResult',
        { kind: 'code', group: 'callbackResult', code: args.result },
        result && { kind: 'code', group: 'callbackResult', code: result },
        byOf(event),
      ),
      field('calledBackAt', when(at), when(now.case?.calledBackAt), byOf(event)),
      ...noteField(args.note, event),
    ];
  },
  markRisk(args, _at, now) {
    const event = now.events.findLast((one) => one.kind === 'riskMarked' || one.kind === 'riskCleared') ?? null;
    return [
      field(
        'highRisk',
        { kind: 'flag', on: args.highRisk },
        now.case && { kind: 'flag', on: now.case.highRisk },
        byOf(event),
      ),
      field('reason', words(args.reason), words(now.case?.riskReason), byOf(event)),
    ];
  },
  dispatchByHand: placing('dispatched'),
  transferCase: placing('transferred'),
  ...handoverFields,
};

/** What stood in the way, where the reason names something the command itself does not set. */
function obstacle(reason: string, detail: string | null, now: Standing): ConflictField | null {
  switch (reason) {
    case 'caseClosed':
    case 'caseNotClosed':
      return field('closedAt', null, when(now.case?.closedAt), now.case?.closedAt ? byOf(newest(now, 'closed')) : null);
    case 'caseVoid':
      return field('voidedAt', null, when(now.case?.voidedAt), null);
    case 'caseMerged':
      return field('mergedInto', null, words(now.case?.mergedIntoId), null);
    case 'notDispatched':
      return field('village', null, place(now.case?.villageCode ?? null, now), byOf(newest(now, 'dispatched')));
    case 'sourceNoKnown':
      return field('knownCase', null, words(detail), null);
    default:
      return null;
  }
}

/**
 * What a refused command would have set, beside what stands there now and who set that; first what stood in its way. Nothing of the operator's words
 * is left out. A command this version does not know has no fields but its note.
 */
export function conflictFields(
  command: { name: string; args: unknown; issuedAt: number; detail?: string | null },
  reason: string,
  now: Standing,
): ConflictField[] {
  const own = ownFields(command, now);
  const first = obstacle(reason, command.detail ?? null, now);
  return first && !own.some(({ key }) => key === first.key) ? [first, ...own] : own;
}

function ownFields({ name, args, issuedAt }: Parameters<typeof conflictFields>[0], now: Standing): ConflictField[] {
  if (Object.hasOwn(caseCommands, name)) {
    const known = name as CaseCommandName;
    const parsed = caseCommands[known].args.safeParse(args);
    if (parsed.success) return (fieldsOf[known] as FieldsOf<CaseCommandName>)(parsed.data as never, issuedAt, now);
  }
  const note = noteOf(args);
  return note === '' ? [] : [field('note', words(note), null, null)];
}

const typed = z.looseObject({ note: z.string().catch(''), reason: z.string().catch('') });

/** What the operator wrote by hand in a command's arguments: its note, or its reason where it has one; empty when nothing. */
export function noteOf(args: unknown): string {
  const parsed = typed.safeParse(args);
  if (!parsed.success) return '';
  return parsed.data.note === '' ? parsed.data.reason : parsed.data.note;
}
