import { type AddressDictionary, createAddressDictionary } from './address-dictionary.ts';
import { blankCase } from './blank-case.ts';
import { createCalendar, type WorkCalendar } from './calendar.ts';
import type { Case } from './case.ts';
import type { CaseEvent } from './case-event.ts';
import { type Deadline, type DeadlineRule, deadlineRulesSchema, defaultDeadlineRules, dueOf } from './deadlines.ts';
import { type DispatchLookups, dispatchOf } from './dispatch.ts';
import type { CalendarDay, Town, Village } from './register.ts';

/** What a report is placed and dated by. */
export interface RecordingRules {
  lookups: DispatchLookups;
  villages: ReadonlyMap<string, Village>;
  deadlineRules: readonly DeadlineRule[];
  calendar: WorkCalendar;
}

/** The part of the register and of the settings that recording goes by; `locate` as far as its holder has areas. */
export interface RecordingSources {
  towns: readonly Town[];
  villages: readonly Village[];
  days: readonly CalendarDay[];
  /** Values of the settings `deadlineRules` and `calendarCoverage`; undefined where there is none. */
  deadlineRules: unknown;
  coverage: unknown;
  locate(lng: number, lat: number): string | null;
}

export function recordingRules({ towns, locate, ...from }: RecordingSources): RecordingRules {
  const villages = new Map(from.villages.map((row) => [row.id, row]));
  const given = deadlineRulesSchema.safeParse(from.deadlineRules);
  const dictionary: AddressDictionary = createAddressDictionary(
    towns.map(({ id, name }) => ({ code: id, name })),
    from.villages.map(({ id, name, townCode }) => ({ code: id, name, townCode })),
  );
  return {
    villages,
    lookups: {
      hasVillage: (code) => villages.has(code),
      // The drawing may know a village that the register has given up: then the point says nothing.
      locate: (lng, lat) => {
        const code = locate(lng, lat);
        return code !== null && villages.has(code) ? code : null;
      },
      dictionary,
    },
    deadlineRules: given.success ? given.data : defaultDeadlineRules,
    calendar: createCalendar(from.days, Array.isArray(from.coverage) ? from.coverage.map(Number) : null),
  };
}

/** What a report says of the case it becomes. */
export type Report = Pick<
  Case,
  | 'source'
  | 'sourceNo'
  | 'category'
  | 'title'
  | 'detail'
  | 'address'
  | 'lng'
  | 'lat'
  | 'villageCode'
  | 'parties'
  | 'recordedAt'
  | 'campaigns'
  | 'petitionKind'
> &
  Partial<Case>;

/** The case that a report becomes at `now`, with its village, reason chain and deadline, and how the deadline was found. Its number is not given here. */
export function recordedCase(
  report: Report,
  rules: RecordingRules,
  id: string,
  now: number,
): { row: Case; deadline: Deadline } {
  const { villageCode: found, chain } = dispatchOf(report, rules.lookups);
  const village = found === null ? null : rules.villages.get(found);
  const deadline = dueOf(report, rules.deadlineRules, rules.calendar);
  const row = blankCase({
    ...report,
    id,
    no: '',
    villageCode: village?.id ?? null,
    townCode: village?.townCode ?? null,
    dispatchState: village ? 'auto' : 'pending',
    dispatchChain: chain,
    dispatchedAt: village ? now : null,
    bindingVersion: village?.bindingVersion ?? null,
    positionKind: report.lng === null ? null : 'reported',
    deadlineRule: deadline.rule.id,
    dueAt: deadline.dueAt,
    updatedAt: now,
  });
  return { row, deadline };
}

/** First lines of a recorded case: taken in, by `actor` or by a source's program, and dispatched where a rule found the village. */
export function recordedEvents(
  row: Case,
  facts: CaseEvent['facts'],
  head: { id: string; actor: { id: string; name: string } | null },
): CaseEvent[] {
  const event = (n: number, kind: CaseEvent['kind'], at: number, more: Partial<CaseEvent>): CaseEvent => ({
    id: `${head.id}:${n}`,
    rev: 0,
    caseId: row.id,
    kind,
    at,
    actorId: null,
    actorName: null,
    facts: {},
    note: '',
    ...more,
  });
  const recorded = event(0, 'recorded', row.recordedAt, {
    facts: { source: row.source, sourceNo: row.sourceNo, ...facts },
    ...(head.actor && { actorId: head.actor.id, actorName: head.actor.name }),
  });
  if (row.villageCode === null || row.dispatchedAt === null) return [recorded];
  const by = row.dispatchChain.at(-1)?.step ?? 'manual';
  return [recorded, event(1, 'dispatched', row.dispatchedAt, { facts: { by, villageCode: row.villageCode } })];
}
