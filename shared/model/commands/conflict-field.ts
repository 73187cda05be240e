import { z } from 'zod';
import type { Assignment } from '../assignment.ts';
import type { Call } from '../call.ts';
import { type Case, instant, type Party } from '../case.ts';
import type { CaseEvent, CaseEventKind } from '../case-event.ts';
import type { Escalation } from '../escalation.ts';
import type { Extension } from '../extension.ts';

const valueSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('instant'), at: instant }),
  /** `group` is that of the labels in codes.json. */
  z.object({
    kind: z.literal('code'),
    group: z.enum([
      'urgeDegree',
      'callOutcome',
      'level',
      'callbackResult',
      'petitionBatch',
      'extensionState',
      'handoverState',
      'source',
      'category',
      'petitionKind',
    ]),
    code: z.string(),
  }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  /** So many persons: the server's own record of an urging says no more. */
  z.object({ kind: z.literal('persons'), n: z.int(), names: z.array(z.string()) }),
  z.object({ kind: z.literal('flag'), on: z.boolean() }),
]);
export type ConflictValue = z.infer<typeof valueSchema>;

export const conflictKeySchema = z.enum([
  'closedAt',
  'voidedAt',
  'mergedInto',
  'village',
  'degree',
  'urgedAt',
  'recipients',
  'calledAt',
  'person',
  'outcome',
  'finishedAt',
  'acceptedAt',
  'onSceneAt',
  'actedAt',
  'resolvedAt',
  'level',
  'calledBackAt',
  'callbackResult',
  'highRisk',
  'dueAt',
  'extension',
  'handover',
  'heldAt',
  'participants',
  'options',
  'conclusion',
  'assignee',
  'campaign',
  'petitionBatch',
  'reason',
  'note',
  'title',
  'source',
  'sourceNo',
  'category',
  'detail',
  'address',
  'parties',
  'petitionKind',
  'link',
  'recordedAt',
  'knownCase',
]);

/** One thing a refused command would have set. `mine` null: not touched by it; `theirs` null: nothing stands there. `by`: who set what stands. */
export const conflictFieldSchema = z.object({
  key: conflictKeySchema,
  mine: valueSchema.nullable(),
  theirs: valueSchema.nullable(),
  by: z.object({ name: z.string().nullable(), at: instant }).nullable(),
});
export type ConflictField = z.infer<typeof conflictFieldSchema>;

/** What stands at the server now, without anything that still waits here. `case` null: the case is out of reach. Events oldest first. */
export interface Standing {
  case: Case | null;
  events: readonly CaseEvent[];
  calls: ReadonlyMap<string, Call>;
  extensions: readonly Extension[];
  escalations: readonly Escalation[];
  assignments: readonly Assignment[];
  /** Names as the operator may see them (of a case: its number); null where nothing of that id is known. */
  nameOf(table: 'person' | 'village' | 'department' | 'campaign' | 'case', id: string): string | null;
  /** Name and number of a party as the operator may see them. */
  party(party: Party): string;
}

export type By = ConflictField['by'];

export const when = (at: number | null | undefined): ConflictValue | null =>
  at == null ? null : { kind: 'instant', at };
export const words = (text: string | null | undefined): ConflictValue | null => (text ? { kind: 'text', text } : null);
export const field = (
  key: ConflictField['key'],
  mine: ConflictValue | null,
  theirs: ConflictValue | null,
  by: By,
): ConflictField => ({ key, mine, theirs, by });

export function newest(now: Standing, kind: CaseEventKind, about: (event: CaseEvent) => boolean = () => true) {
  return now.events.findLast((event) => event.kind === kind && about(event)) ?? null;
}
export const byOf = (event: CaseEvent | null): By => (event === null ? null : { name: event.actorName, at: event.at });

/** The note of mine beside that of the newest event of its kind. */
export function noteField(note: string, event: CaseEvent | null): ConflictField[] {
  const theirs = words(event?.note);
  return note === '' && theirs === null ? [] : [field('note', words(note), theirs, theirs && byOf(event))];
}

/** A step that sets one moment and leaves a note. */
export const step =
  (key: 'acceptedAt' | 'onSceneAt' | 'actedAt' | 'closedAt', kind: CaseEventKind) =>
  (args: { note: string }, at: number, now: Standing): ConflictField[] => {
    const event = newest(now, kind);
    const standing = key === 'actedAt' ? event?.at : now.case?.[key];
    return [field(key, when(at), when(standing), byOf(event)), ...noteField(args.note, event)];
  };

export const persons = (ids: readonly string[], now: Standing): ConflictValue => ({
  kind: 'persons',
  n: ids.length,
  names: ids.flatMap((id) => now.nameOf('person', id) ?? []),
});

export const place = (code: string | null, now: Standing): ConflictValue | null =>
  code === null ? null : words(now.nameOf('village', code) ?? code);
