import type { CaseFilter, CaseSort } from '../../../shared/model/case-filter.ts';
import { meansNotClosed } from '../filter-sql.ts';
import { readZones, type ZoneRow, zoneSize } from '../search/zones.ts';
import { type Found, findCases } from '../search.ts';
import type { ReadDb } from '../statements.ts';
import { HitSource, type Lot, lotsByZone, oneLot } from './hit-source.ts';
import { cost, type ListPlan, matchesOf, numberOfCases, planList, type Stretch, stepCost } from './list-way.ts';

/** So many cases not closed are put through the words before any row is read. */
const mostOpen = 20_000;
/** So few cases with the words are looked up without that. */
const fewHits = 1000;

/**
 * How a list is read, words included. Where its order or its filter alone leads to enough cases with the words soon, it is read as without them, and the
 * others are passed over. Else the cases with the words are looked up: zone by zone where zones tell which come first, all of them where they do not.
 */
export function planWithWords(
  db: ReadDb,
  filter: CaseFilter,
  sort: CaseSort,
  wanted: number,
  few = fewHits,
): { plan: ListPlan; found: Found | null } {
  const found = findCases(db, filter.text);
  if (found === null) return { plan: planList(db, filter, sort, wanted), found };
  const hits = found.candidates.count();
  const cases = numberOfCases(db);
  const plan = planList(db, filter, sort, Math.ceil((wanted * cases) / Math.max(1, hits)));
  const needed = (wanted * cases) / Math.max(1, matchesOf(db, filter, cases));
  const notClosed = meansNotClosed(db, filter);
  const zones = readZones(db);
  const stretches = plan.stretches.map((stretch): Stretch => {
    const open = stretch.open || notClosed ? lotsOfOpen(db, found, hits, few) : null;
    const lots = open ?? lotsOf(found, hits, zones, stretch, filter);
    const { taken, passed } = firstLots(lots, needed, zones, stretch);
    const walks = plan.way.kind === 'walk' && open === null && passed !== null;
    const otherwise = walks ? passed * stepCost(filter, stretch.key) : plan.cost;
    return taken * cost.row < otherwise ? { ...stretch, hits: new HitSource(lots) } : stretch;
  });
  return { plan: { ...plan, stretches }, found };
}

/** Those of the cases not closed, whose index has them all in one place. Null where there are too many of these. */
function lotsOfOpen(db: ReadDb, found: Found, hits: number, few: number): Lot[] | null {
  if (hits < few) return oneLot(hits, () => found.candidates.values());
  const ns = db.column<number>('SELECT n FROM cases INDEXED BY cases_open WHERE closed_at IS NULL LIMIT :most', {
    most: mostOpen,
  });
  if (ns.length === mostOpen) return null;
  const open = ns.filter((n) => found.candidates.has(n));
  return oneLot(open.length, () => open);
}

/** The cases with the words, in lots as a stretch takes them. Exported so that a test can read every list by them. */
export function lotsOf(
  found: Found,
  hits: number,
  zones: readonly ZoneRow[],
  { key }: Stretch,
  { period }: CaseFilter,
): Lot[] {
  if (key === 'updated_at') return oneLot(hits, () => found.candidates.values());
  return lotsByZone(found, zones, key, period);
}

/**
 * Until `needed` cases with the words are met: how many of them are looked up, and how many cases a walk in the list's order passes, null where zones do
 * not tell.
 */
function firstLots(
  lots: readonly Lot[],
  needed: number,
  zones: readonly ZoneRow[],
  { key }: Stretch,
): { taken: number; passed: number | null } {
  let taken = 0;
  let best = Number.NEGATIVE_INFINITY;
  for (const lot of lots) {
    if (taken >= needed) break;
    taken += lot.count;
    best = lot.best;
  }
  if (key === 'updated_at') return { taken, passed: null };
  if (taken < needed) best = Number.POSITIVE_INFINITY;
  const passed = zones.reduce((sum, zone) => sum + ((key === 'due_at' ? zone[3] : -zone[2]) <= best ? zoneSize : 0), 0);
  return { taken, passed };
}
