import { dayMs, hourMs } from '../../../shared/time/shanghai.ts';
import { Prng, Weighted } from '../prng.ts';
import type { County, Place } from '../register/places.ts';
import type { Spans } from '../spans.ts';
import { type DueRule, dueRule } from './due.ts';
import { instantsOf } from './instants.ts';
import type { Slot } from './slot.ts';
import { categories, sourcesOf, townWeights } from './weights.ts';

/** What every part of the plan draws from. */
export interface PlanContext {
  seed: number;
  spans: Spans;
  county: County;
  due: DueRule;
  /** Villages of the county, and of each town, by weight. */
  anywhere: Weighted<Place>;
  inTown: ReadonlyMap<string, Weighted<Place>>;
}

export function planContext(seed: number, spans: Spans, county: County): PlanContext {
  const weighted = (places: readonly Place[]) => new Weighted(places.map((place) => [place, place.weight] as const));
  const inTown = new Map([...county.byTown].map(([code, places]) => [code, weighted(places)]));
  const all = county.towns.flatMap((town, n) => {
    const places = county.byTown.get(town.code) ?? [];
    const sum = places.reduce((total, place) => total + place.weight, 0);
    return places.map((place) => [place, Math.floor((place.weight * (townWeights[n] ?? 1) * 1000) / sum)] as const);
  });
  return { seed, spans, county, due: dueRule(), anywhere: new Weighted(all), inTown };
}

export interface SpanPlan {
  era: Slot['era'];
  /** Distinguishes the streams of two spans. */
  stream: number;
  from: number;
  to: number;
  count: number;
  lift?: { from: number; percent: number };
}

/** Cases of a span with source, category, place and due, ascending; nothing of their fate is decided yet. */
export function plainSlots(context: PlanContext, plan: SpanPlan): Slot[] {
  const prng = new Prng(context.seed, 1000 + plan.stream);
  const instants = instantsOf(plan.from, plan.to, plan.count, prng, plan.lift);
  return instants.map((at, index) => {
    const category = categories.draw(prng);
    const source = sourcesOf[category].draw(prng);
    const slot: Slot = {
      key: plan.stream * 0x100_0000 + index,
      at,
      source,
      category,
      petitionKind: null,
      petitionBatch: null,
      petitionSince: null,
      deadlineRule: '',
      originalDueAt: 0,
      dueAt: 0,
      open: null,
      late: false,
      unresolved: false,
      dissatisfied: false,
      highRisk: prng.chance(8),
      campaigns: [],
      place: context.anywhere.draw(prng),
      manual: prng.chance(60),
      featured: null,
      shadow: prng.chance(3) ? (prng.chance(700) ? 'merged' : 'void') : null,
      era: plan.era,
    };
    setDue(slot, context);
    return slot;
  });
}

/** (Re)computes the deadline after source, category or petition kind changed. */
export function setDue(slot: Slot, context: PlanContext): void {
  const { deadlineRule, originalDueAt } = context.due(slot);
  slot.deadlineRule = deadlineRule;
  slot.originalDueAt = originalDueAt;
  slot.dueAt = originalDueAt;
}

/** Years before the earlier one, and the days after the anchor: fates by chance, no figure rests on them. */
export function naturalSlots(context: PlanContext, plan: SpanPlan): Slot[] {
  const prng = new Prng(context.seed, 2000 + plan.stream);
  const slots = plainSlots(context, plan);
  for (const slot of slots) {
    slot.late = prng.chance(18);
    slot.unresolved = prng.chance(22);
    slot.dissatisfied = plan.era === 'older' && prng.chance(12);
    if (plan.era === 'after' && prng.chance(930)) slot.campaigns = ['hundredDays'];
  }
  return slots;
}

/** The days after the anchor up to `now`. Once those that waited at the anchor have been placed, the newest but one, two … wait instead. */
export function laterSlots(context: PlanContext, plan: Omit<SpanPlan, 'era'>): Slot[] {
  const { anchor, now } = context.spans;
  const slots = naturalSlots(context, { ...plan, era: 'after' }).filter((slot) => slot.at <= now);
  if (now < anchor + 12 * hourMs) return slots;
  for (const slot of [slots.at(-2), slots.at(-4), slots.at(-5)])
    if (slot) Object.assign(slot, { open: 'pending', manual: true, late: false, unresolved: true, shadow: null });
  return slots;
}

/** Draws `count` of the slots that satisfy the condition; fails loudly when there are too few, for then a figure would be wrong. */
export function sample(slots: readonly Slot[], count: number, prng: Prng, condition: (slot: Slot) => boolean): Slot[] {
  const candidates = prng.shuffle(slots.filter(condition));
  if (candidates.length < count) throw new RangeError(`the plan needs ${count} cases and finds ${candidates.length}`);
  return candidates.slice(0, count);
}

/** What people petition about again and again, or for decades. */
const petitionCategories = new Weighted<Slot['category']>([
  ['homestead', 34],
  ['land', 26],
  ['forest', 12],
  ['villageAffairs', 12],
  ['labour', 6],
  ['debt', 6],
  ['neighbour', 4],
]);

/** Makes the slot a petition of the kind and gives it that kind's deadline. */
export function petition(slot: Slot, kind: NonNullable<Slot['petitionKind']>, context: PlanContext, prng: Prng): void {
  slot.petitionKind = kind;
  if (kind !== 'first') slot.category = petitionCategories.draw(prng);
  slot.source = prng.chance(500) ? 'other' : prng.chance(600) ? 'selfReport' : 'outreach';
  slot.petitionBatch = prng.chance(600) ? 'resolve' : 'strive';
  setDue(slot, context);
}

/** The year before, whole: 100 first petitions in the span that the statistical year is compared with, eight cases still open. */
export const previousCount = 10_236;
export function previousSlots(context: PlanContext, towns: { overdue: Place[]; other: Place[] }): Slot[] {
  const { spans } = context;
  const prng = new Prng(context.seed, 3001);
  const slots = plainSlots(context, {
    era: 'previous',
    stream: 20,
    from: spans.previousFrom,
    to: spans.from,
    count: previousCount,
  });
  // Two days inside the span, so that "the same dates last year" finds the same cases when a 29 February lies between.
  const spanEnd = spans.previousFrom + (spans.anchor - spans.from);
  const plain = (slot: Slot) => slot.petitionKind === null;
  const inSpan = (slot: Slot) =>
    plain(slot) && slot.at >= spans.previousFrom + 2 * dayMs && slot.at < spanEnd - 2 * dayMs;
  for (const slot of sample(slots, 100, prng, inSpan)) petition(slot, 'first', context, prng);
  for (const slot of sample(slots, 52, prng, (s) => s.at > spanEnd + 2 * dayMs)) petition(slot, 'first', context, prng);
  for (const slot of sample(slots, 214, prng, plain)) petition(slot, 'repeat', context, prng);

  const stuck = [
    ...towns.overdue.map((place) => ['overdue', place] as const),
    ...towns.other.map((place) => ['running', place] as const),
  ];
  const open = sample(slots, stuck.length, prng, (slot) => slot.at > spans.from - 100 * dayMs);
  for (const [n, slot] of open.entries()) {
    const [kind, place] = stuck[n] as (typeof stuck)[number];
    slot.open = kind;
    slot.place = place;
    slot.unresolved = true;
    slot.manual = false;
    slot.shadow = null;
    slot.dueAt = spans.anchor + (kind === 'overdue' ? -prng.between(20, 90) * hourMs : prng.between(50, 600) * hourMs);
  }
  for (const slot of sample(slots, 196, prng, (s) => s.open === null)) slot.late = true;
  for (const slot of sample(slots, 230, prng, (s) => s.open === null)) slot.unresolved = true;
  for (const slot of sample(slots, 152, prng, (s) => s.open === null)) slot.dissatisfied = true;
  return slots;
}
