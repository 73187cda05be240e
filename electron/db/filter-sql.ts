import type { CaseFilter, CaseSort, WorkFacet } from '../../shared/model/case-filter.ts';
import { countMetrics } from '../../shared/model/metrics/dictionary.ts';
import type { Predicate } from '../../shared/model/metrics/predicate.ts';
import { countedSql, metricSql } from './rollups/measures.ts';
import { searchCondition } from './search.ts';
import type { Params, ReadDb } from './statements.ts';

export const openSql = metricSql('open');

export interface Condition {
  where: string;
  params: Params;
}

/**
 * The cohort of a filter: scope, period, sources, categories, campaign, words, chosen cases; merged and void cases never. The metric is not in it.
 */
export function cohortOf(filter: CaseFilter): Condition {
  const { where, params } = membershipOf(filter);
  return { where: `${countedSql} AND ${where}`, params };
}

/** Whose turn a case is, by what is open around it: a small partial index each, from which the few cases are reached by their ids. */
const workSql: Readonly<Record<WorkFacet, string>> = {
  countyInbox: `c.id IN (SELECT case_id FROM escalation WHERE state = 'open' AND to_level = 'county')
    AND NOT EXISTS (SELECT 1 FROM assignment WHERE state = 'open' AND case_id = c.id)`,
  assigned: `c.id IN (SELECT case_id FROM assignment WHERE state = 'open')`,
  extensionAsked: `c.id IN (SELECT case_id FROM extension WHERE state = 'asked')`,
};

/** The cohort without the rule about merged and void cases. */
export function membershipOf(filter: CaseFilter): Condition {
  const parts = ['true'];
  const params: Record<string, string | number | null> = {};
  const add = (sql: string, name: string, value: string | number) => {
    parts.push(sql);
    params[name] = value;
  };
  const { scope, period, campaign, sources, categories, work, caseIds } = filter;
  if (scope.level === 'town') add('c.town_code = :scope', 'scope', scope.code);
  if (scope.level === 'village') add('c.village_code = :scope', 'scope', scope.code);
  if (period.from !== null) add('c.recorded_at >= :from', 'from', period.from);
  if (period.to !== null) add('c.recorded_at < :to', 'to', period.to);
  if (sources.length > 0)
    add('c.source IN (SELECT value FROM json_each(:sources))', 'sources', JSON.stringify(sources));
  if (categories.length > 0)
    add('c.category IN (SELECT value FROM json_each(:categories))', 'categories', JSON.stringify(categories));
  // A code stands in the JSON array as its own quoted string, so the quotes make the match exact.
  if (campaign !== null)
    add(`c.campaigns <> '[]' AND instr(c.campaigns, :campaign) > 0`, 'campaign', JSON.stringify(campaign));
  if (work !== null) parts.push(workSql[work]);
  if (caseIds !== null) add('c.id IN (SELECT value FROM json_each(:caseIds))', 'caseIds', JSON.stringify(caseIds));
  const search = searchCondition(filter.text);
  if (search.sql !== '') parts.push(search.sql);
  return { where: parts.join(' AND '), params: { ...params, ...search.params } };
}

/** The cases of a filter: its cohort and, of that, what the metric counts at `asOf`. */
export function casesOf(db: ReadDb, filter: CaseFilter): Condition {
  const cohort = cohortOf(filter);
  const metric = countMetrics[filter.metric];
  const parts = [cohort.where];
  if (filter.metric !== 'recorded') parts.push(metricSql(filter.metric));
  if (impliesOpen(metric) && openMeansNotClosed(db, filter.asOf)) parts.push('c.closed_at IS NULL');
  return { where: parts.join(' AND '), params: { ...cohort.params, asOf: filter.asOf } };
}

/** Whether the filter's cases are among those not closed: few, whatever the replica holds, and in an index of their own. */
export function meansNotClosed(db: ReadDb, { metric, asOf }: CaseFilter): boolean {
  return impliesOpen(countMetrics[metric]) && openMeansNotClosed(db, asOf);
}

export function impliesOpen(metric: Predicate): boolean {
  return metric === countMetrics.open || (metric.op === 'and' && metric.of.includes(countMetrics.open));
}

/**
 * Whether no case was closed after `asOf`: then "open at `asOf`" and "not closed" are the same cases, and the small index of cases not closed may be
 * used. Looking back in time it is false, and the full rule alone decides.
 */
export function openMeansNotClosed(db: ReadDb, asOf: number): boolean {
  return db.get('SELECT 1 FROM cases WHERE closed_at > :asOf LIMIT 1', { asOf }) === undefined;
}

/** The parts of a list, one after the other. `attention` has two: what is open, then the rest. `open`: holds only cases not closed. */
export function partsOf(
  db: ReadDb,
  filter: CaseFilter,
  sort: CaseSort,
): { where: string; params: Params; open: boolean }[] {
  const { where, params } = casesOf(db, filter);
  const plain = openMeansNotClosed(db, filter.asOf);
  if (sort !== 'attention') return [{ where, params, open: false }];
  if (impliesOpen(countMetrics[filter.metric])) return [{ where, params, open: plain }];
  return [
    { where: `${where} AND ${plain ? 'c.closed_at IS NULL' : openSql}`, params, open: plain },
    { where: `${where} AND ${plain ? '+c.closed_at IS NOT NULL' : `NOT ${openSql}`}`, params, open: false },
  ];
}
