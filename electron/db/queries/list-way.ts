import type { CaseFilter, CaseSort } from '../../../shared/model/case-filter.ts';
import { countMetrics } from '../../../shared/model/metrics/dictionary.ts';
import { impliesOpen, openMeansNotClosed, partsOf } from '../filter-sql.ts';
import { rollupsHold } from '../rollups/build.ts';
import { countBy, rolledUpSql } from '../rollups/count-by.ts';
import type { Params, ReadDb } from '../statements.ts';
import { VersionCache } from '../version-cache.ts';
import type { HitSource } from './hit-source.ts';

/** One part of a list: which cases, in which order. */
export interface Stretch {
  where: string;
  params: Params;
  /** Column that orders it; the case number decides between equals. */
  key: 'due_at' | 'recorded_at' | 'updated_at';
  descending: boolean;
  /** Cases not closed only: a walk follows their own small index. */
  open: boolean;
  /** Where the cases come from when those that may belong are known by their numbers. */
  hits?: HitSource;
}

/**
 * How a list is read. `walk`: its index of the order is followed and the cases that do not belong are passed over, a slice at a time. `gather`: few
 * cases come into question at all, by the index named; they are read at once and put in order.
 */
export type Way = { kind: 'walk'; index: string } | { kind: 'gather'; index: string | null };

export interface ListPlan {
  stretches: Stretch[];
  way: Way;
  /** Number of the list's cases, where rollups tell; null: only reading it to the end does. */
  total: number | null;
  /** What the wanted rows cost, in the measure of `cost`. */
  cost: number;
}

const keyOf = { attention: 'due_at', due: 'due_at', recorded: 'recorded_at', updated: 'updated_at' } as const;
const walkIndex = { due_at: 'cases_due', recorded_at: 'cases_recorded', updated_at: 'cases_updated' } as const;
/** More cases than this are never gathered. */
const mostGathered = 30_000;

/** Microseconds a case, roughly: read from an index that has all it takes, or from its row. Only their proportion matters. */
export const cost = { covered: 0.5, row: 3 } as const;

/** Plans a list without words: those are looked for among its cases. `wanted`: rows that are wanted at once. */
export function planList(db: ReadDb, filter: CaseFilter, sort: CaseSort, wanted: number): ListPlan {
  const worded: CaseFilter = { ...filter, text: '' };
  const key = keyOf[sort];
  const descending = key !== 'due_at';
  const stretches = partsOf(db, worded, sort).map((part): Stretch => ({ ...part, key, descending }));
  const total = rollupsHold(db) && filter.text.trim() === '' ? countOf(db, worded) : null;
  return { stretches, total, ...wayOf(db, worded, key, wanted) };
}

const counts = new VersionCache<number | null>(64);

/** How many cases the filter chooses, words apart; null where no rollup has what it chooses by. Asked several times for one list. */
function countOf(db: ReadDb, filter: CaseFilter): number | null {
  return counts.get(db, JSON.stringify(filter), () => {
    if (rolledUpSql(db, filter, 'none') === null) return null;
    return countBy(db, filter, 'none').get(null)?.[filter.metric] ?? 0;
  });
}

/** Every way by which this list can be read; they differ in time only. */
export function waysOf(db: ReadDb, filter: CaseFilter, sort: CaseSort): Way[] {
  const open = impliesOpen(countMetrics[filter.metric]) && openMeansNotClosed(db, filter.asOf);
  const gather = gatherings(db, filter, open, Number.POSITIVE_INFINITY).map(
    ({ index }): Way => ({ kind: 'gather', index }),
  );
  return [{ kind: 'gather', index: null }, { kind: 'walk', index: walkIndex[keyOf[sort]] }, ...gather];
}

function wayOf(db: ReadDb, filter: CaseFilter, key: Stretch['key'], wanted: number): { way: Way; cost: number } {
  if (filter.caseIds !== null) return { way: { kind: 'gather', index: null }, cost: filter.caseIds.length * cost.row };
  // Few, and reached by their ids: an index of the order would be walked in search of them.
  if (filter.work !== null) return { way: { kind: 'gather', index: null }, cost: 0 };
  const open = impliesOpen(countMetrics[filter.metric]) && openMeansNotClosed(db, filter.asOf);
  if (open && key === 'due_at')
    return { way: { kind: 'walk', index: 'cases_open' }, cost: Math.min(wanted, openCases(db)) * cost.row };
  // While a first load is under way, only the index of open cases is there.
  if (!rollupsHold(db))
    return { way: { kind: 'gather', index: open ? 'cases_open' : null }, cost: Number.POSITIVE_INFINITY };
  const index = walkIndex[key];
  const walking = costOfWalk(db, filter, key, wanted);
  const least = gatherings(db, filter, open, walking).toSorted((a, b) => a.cost - b.cost)[0];
  if (least && least.cost < walking) return { way: { kind: 'gather', index: least.index }, cost: least.cost };
  return { way: { kind: 'walk', index }, cost: walking };
}

function openCases(db: ReadDb): number {
  const sql = 'SELECT count(*) AS rows FROM cases INDEXED BY cases_open WHERE closed_at IS NULL';
  return db.get<{ rows: number }>(sql)?.rows ?? 0;
}

/** Ways to gather all cases that come into question, with what each would cost; none that would cost more than `limit`. */
function gatherings(db: ReadDb, filter: CaseFilter, open: boolean, limit: number): { index: string; cost: number }[] {
  const { scope, period, sources, categories, campaign, metric } = filter;
  const ways: { index: string; cost: number }[] = [];
  const bounded = (index: string, where: string, params: Params, each: number = cost.row) => {
    const most = Math.ceil(Math.min(mostGathered, limit / each));
    const found = db.get<{ rows: number }>(
      `SELECT count(*) AS rows FROM (SELECT 1 FROM cases c INDEXED BY ${index} WHERE ${where} LIMIT :most)`,
      { ...params, most },
    );
    const rows = found?.rows ?? 0;
    if (rows < most) ways.push({ index, cost: rows * each });
  };
  if (open) bounded('cases_open', 'c.closed_at IS NULL', {});
  const { from, to } = period;
  if (from !== null || to !== null)
    bounded('cases_recorded', 'c.recorded_at >= :from AND c.recorded_at < :to', {
      from: from ?? Number.MIN_SAFE_INTEGER,
      to: to ?? Number.MAX_SAFE_INTEGER,
    });
  const plainMetric = carried.has(metric) && sources.length + categories.length === 0 && campaign === null;
  if (scope.level === 'village')
    bounded('cases_village', 'c.village_code = :code', { code: scope.code }, plainMetric ? cost.covered : cost.row);
  if (campaign !== null) bounded('cases_tagged', `c.campaigns <> '[]'`, {});
  if (metric === 'firstPetition' || metric === 'backlogResolved')
    bounded('cases_petition', `c.petition_kind IS NOT NULL`, {});
  if (scope.level === 'town' || sources.length + categories.length > 0) {
    const cohort = { ...filter, period: { from: null, to: null }, campaign: null };
    const rows = countOf(db, { ...cohort, metric: 'recorded' });
    if (rows !== null) ways.push({ index: 'cases_group', cost: rows * cost.covered });
  }
  return ways;
}

/** Facts that the indexes of the orders carry, so that these metrics are decided without the row. */
const carried = new Set(['recorded', 'closed', 'overdue', 'open']);

function costOfWalk(db: ReadDb, filter: CaseFilter, key: Stretch['key'], wanted: number): number {
  const cases = numberOfCases(db);
  const hits = matchesOf(db, filter, cases);
  return (hits <= wanted ? cases : (cases * wanted) / hits) * stepCost(filter, key);
}

export function numberOfCases(db: ReadDb): number {
  return db.get<{ n: number | null }>('SELECT max(n) AS n FROM cases')?.n ?? 0;
}

/** About how many of all cases the filter chooses, words apart. */
export function matchesOf(db: ReadDb, filter: CaseFilter, cases: number): number {
  if (filter.caseIds !== null) return filter.caseIds.length;
  const total = countOf(db, { ...filter, text: '', campaign: null }) ?? cases / 10;
  // Not one case in fifty wears a campaign's tag.
  return filter.campaign === null ? total : total / 50;
}

/** What one step of a walk costs. */
export function stepCost(
  { scope, period, sources, categories, campaign, metric }: CaseFilter,
  key: Stretch['key'],
): number {
  const plain = scope.level === 'county' && sources.length + categories.length === 0 && campaign === null;
  const covered = plain && carried.has(metric) && (key === 'recorded_at' || (period.from ?? period.to) === null);
  return covered ? cost.covered : cost.row;
}

/** What the database must be told before it takes an index of some cases only; each is true of the cases it is taken for. */
const partialIndexes: Readonly<Record<string, string>> = {
  cases_open: ' AND c.closed_at IS NULL',
  cases_tagged: ` AND c.campaigns <> '[]'`,
  cases_petition: ' AND c.petition_kind IS NOT NULL',
};

/** Statement for the next rows of a stretch after `after`; all of them when `limit` is -1. Exported so that a test can pin its plan. */
export function sliceSql(stretch: Stretch, way: Way, after: { key: number; n: number } | null, limit: number) {
  const { where, key, descending } = stretch;
  const [beyond, order] = descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const place = after
    ? ` AND c.${key} ${beyond}= :afterKey AND (c.${key} ${beyond} :afterKey OR c.n ${beyond} :afterN)`
    : '';
  const name = way.kind === 'walk' && stretch.open && key === 'due_at' ? 'cases_open' : way.index;
  const needed = way.kind === 'gather' && name !== null ? (partialIndexes[name] ?? '') : '';
  return {
    sql: `SELECT c.n AS n, c.${key} AS key FROM cases c${name === null ? '' : ` INDEXED BY ${name}`} WHERE ${where}${needed}${place} ORDER BY c.${key} ${order}, c.n ${order} LIMIT :limit`,
    params: { ...stretch.params, ...(after ? { afterKey: after.key, afterN: after.n } : {}), limit },
  };
}

/** Statement for those of `hits` that belong to a stretch, in no order. */
export function hitsSql({ where, params, key }: Stretch, hits: readonly number[]) {
  return {
    sql: `SELECT c.n, c.${key} FROM json_each(:hits) hit CROSS JOIN cases c WHERE c.n = hit.value AND ${where}`,
    params: { ...params, hits: JSON.stringify(hits) },
  };
}
