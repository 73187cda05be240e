import { z } from 'zod';
import { addDays, dateKey, dayMs, hourMs, minuteMs, partsOf, startOfDay } from '../time/shanghai.ts';
import type { WorkCalendar } from './calendar.ts';
import type { Case } from './case.ts';
import { categorySchema, levelSchema, petitionKindSchema, sourceSchema } from './codes.ts';

/**
 * One deadline rule, as data: the list is setting `deadlineRules` and can be edited. Rules are tried in order; one applies when every list it
 * has holds the case's value (an empty list holds everything).
 */
export const deadlineRuleSchema = z.object({
  /** Stored with the case as `deadlineRule`; its label is `deadlineRule.<id>` in the locales, else the id itself. */
  id: z.string().min(1).max(40),
  days: z.int().min(1).max(365),
  /** Counts working days instead of calendar days. */
  working: z.boolean(),
  /** Level at which it ought to be settled. */
  level: levelSchema,
  petitionKinds: z.array(petitionKindSchema),
  sources: z.array(sourceSchema),
  categories: z.array(categorySchema),
  /** `source`: stated by the county's own text. `choice`: ours, to be confirmed. */
  basis: z.enum(['source', 'choice']),
});
export type DeadlineRule = z.infer<typeof deadlineRuleSchema>;

/** A list of rules ends with one that applies to every case, so that no case is ever without a deadline. */
export const deadlineRulesSchema = z
  .array(deadlineRuleSchema)
  .min(1)
  .refine(
    (rules) => {
      const last = rules[rules.length - 1];
      return last !== undefined && appliesToAll(last);
    },
    { error: 'the last rule must apply to every case' },
  );

const rule = (
  id: string,
  days: number,
  unit: 'calendar' | 'working',
  more: Partial<Omit<DeadlineRule, 'id' | 'days' | 'working'>> = {},
): DeadlineRule => ({
  id,
  days,
  working: unit === 'working',
  level: 'village',
  petitionKinds: [],
  sources: [],
  categories: [],
  basis: 'choice',
  ...more,
});

/** 初信初访 7 days in the village and 重点难点 14 days in the town are the county's; the rest is our choice [C]. */
export const defaultDeadlineRules: readonly DeadlineRule[] = [
  rule('firstPetition', 7, 'calendar', { petitionKinds: ['first'], basis: 'source' }),
  rule('backlogPetition', 14, 'calendar', { petitionKinds: ['backlog'], level: 'town', basis: 'source' }),
  rule('repeatPetition', 14, 'calendar', { petitionKinds: ['repeat'], level: 'town' }),
  rule('safety', 3, 'calendar', { categories: ['safety'] }),
  rule('hotline', 5, 'working', { sources: ['hotline12345'] }),
  rule('landRights', 15, 'working', { categories: ['land', 'forest', 'homestead'], level: 'town' }),
  rule('money', 10, 'working', { categories: ['labour', 'debt', 'medical'], level: 'town' }),
  rule('services', 7, 'working', {
    categories: ['consumer', 'property', 'environment', 'cityAppearance', 'livelihood'],
  }),
  rule('general', 7, 'calendar'),
];

/** Working-day deadlines end with the office hours of their last day [C]. */
export const endOfWorkMs = 17 * hourMs + 30 * minuteMs;
/** A calendar that never works within two years is broken; the search ends there instead of running on. */
const searchLimitDays = 1000;

export interface Deadline {
  rule: DeadlineRule;
  dueAt: number;
  explanation: {
    days: number;
    working: boolean;
    /** Days passed over because nobody works on them (`yyyy-mm-dd`); empty for calendar-day rules. */
    skipped: string[];
    /** Years that the count ran through and whose holidays are not entered: the deadline may be too early, and the screen says so. */
    uncoveredYears: number[];
  };
}

/**
 * Deadline of a case. Calendar days: exactly n × 24 h after it was recorded. Working days: the day of recording does not count; due at 17:30
 * of the n-th working day after it.
 */
export function dueOf(
  subject: Pick<Case, 'source' | 'category' | 'petitionKind' | 'recordedAt'>,
  rules: readonly DeadlineRule[],
  calendar: WorkCalendar,
): Deadline {
  const chosen = rules.find((candidate) => applies(candidate, subject)) ?? lastResort;
  const { days, working } = chosen;
  if (!working)
    return {
      rule: chosen,
      dueAt: subject.recordedAt + days * dayMs,
      explanation: { days, working, skipped: [], uncoveredYears: [] },
    };
  return { rule: chosen, ...countWorkingDays(subject.recordedAt, days, calendar) };
}

function countWorkingDays(recordedAt: number, days: number, calendar: WorkCalendar): Omit<Deadline, 'rule'> {
  const skipped: string[] = [];
  const uncovered = new Set<number>();
  let day = startOfDay(recordedAt);
  let left = days;
  for (let step = 0; left > 0 && step < searchLimitDays; step += 1) {
    day = addDays(day, 1);
    const { year } = partsOf(day);
    if (!calendar.coversYear(year)) uncovered.add(year);
    if (calendar.isWorking(day)) left -= 1;
    else skipped.push(dateKey(day));
  }
  return {
    dueAt: day + endOfWorkMs,
    explanation: { days, working: true, skipped, uncoveredYears: [...uncovered] },
  };
}

function applies(candidate: DeadlineRule, subject: Pick<Case, 'source' | 'category' | 'petitionKind'>): boolean {
  const { petitionKinds, sources, categories } = candidate;
  return (
    (petitionKinds.length === 0 || (subject.petitionKind !== null && petitionKinds.includes(subject.petitionKind))) &&
    (sources.length === 0 || sources.includes(subject.source)) &&
    (categories.length === 0 || categories.includes(subject.category))
  );
}

function appliesToAll(candidate: DeadlineRule): boolean {
  return candidate.petitionKinds.length + candidate.sources.length + candidate.categories.length === 0;
}

const lastResort = rule('general', 7, 'calendar');
