import { and, asOf, by, eq, fact, lt, lte, missing, not, or, type Predicate, value } from './predicate.ts';

/** Merged and void cases count nowhere. */
export const counted: Predicate = and(missing('mergedIntoId'), missing('voidedAt'));
const closed = by('closedAt');
const open = not(closed);
const dayMs = 86_400_000;
/** Overdue in both its kinds: closed after due, or open past due at T. */
const overdue = or(and(closed, lt(fact('dueAt'), fact('closedAt'))), and(open, lt(fact('dueAt'), asOf())));
/** As overdue, by the due the case first had: what an extension moved counts all the same, so it is never less than `overdue`. */
const overdueByOriginal = or(
  overdue,
  and(closed, lt(fact('originalDueAt'), fact('closedAt'))),
  and(open, lt(fact('originalDueAt'), asOf())),
);
const resolved = by('resolvedAt');
/** A call-back that reached nobody is no call-back. */
const calledBack = and(closed, by('calledBackAt'), not(eq(fact('callbackResult'), value('unreached'))));

/**
 * Counts of the metric dictionary (product.md section 2): how many cases of a cohort meet a condition at T. The cohort is the cases recorded in
 * [a, b); `recorded` is the cohort itself. Choices of ours where the source is silent are marked [C] in the locales' dictionary text.
 */
export const countMetrics = {
  recorded: and(),
  open,
  overdue,
  overdueByOriginal,
  /** Open past due at T: what the desk's 逾期 tile lists. */
  openOverdue: and(open, lt(fact('dueAt'), asOf())),
  /** Open, not yet due, due within 24 hours of T. */
  dueSoon: and(open, lte(asOf(), fact('dueAt')), lte(fact('dueAt'), asOf(dayMs))),
  /** Open and marked 高风险. */
  highRisk: and(open, eq(fact('highRisk'), value(true))),
  awaitingDispatch: and(open, eq(fact('dispatchState'), value('pending'))),
  handled: by('firstActionAt'),
  resolved,
  closed,
  calledBack,
  satisfied: and(
    calledBack,
    or(eq(fact('callbackResult'), value('satisfied')), eq(fact('callbackResult'), value('basicallySatisfied'))),
  ),
  resolvedInVillage: and(resolved, eq(fact('level'), value('village'))),
  resolvedInTown: and(resolved, eq(fact('level'), value('town'))),
  resolvedInCounty: and(resolved, eq(fact('level'), value('county'))),
  firstPetition: eq(fact('petitionKind'), value('first')),
  backlogResolved: and(eq(fact('petitionKind'), value('backlog')), resolved),
} as const satisfies Record<string, Predicate>;
export type CountMetric = keyof typeof countMetrics;
export const countMetricNames = Object.keys(countMetrics) as CountMetric[];

/** Rates: numerator over denominator, both counts of the same cohort at the same T. */
export const rateMetrics = {
  resolvedRate: { of: 'resolved', per: 'recorded' },
  closedRate: { of: 'closed', per: 'recorded' },
  handledRate: { of: 'handled', per: 'recorded' },
  overdueRate: { of: 'overdue', per: 'recorded' },
  overdueByOriginalRate: { of: 'overdueByOriginal', per: 'recorded' },
  calledBackRate: { of: 'calledBack', per: 'closed' },
  satisfiedRate: { of: 'satisfied', per: 'calledBack' },
  inVillageRate: { of: 'resolvedInVillage', per: 'resolved' },
  inTownRate: { of: 'resolvedInTown', per: 'resolved' },
  inCountyRate: { of: 'resolvedInCounty', per: 'resolved' },
} as const satisfies Record<string, { of: CountMetric; per: CountMetric }>;
export type RateMetric = keyof typeof rateMetrics;
export const rateMetricNames = Object.keys(rateMetrics) as RateMetric[];
