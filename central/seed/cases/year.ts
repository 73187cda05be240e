import { dayMs, hourMs } from '../../../shared/time/shanghai.ts';
import { Prng } from '../prng.ts';
import { campaignStart } from '../register/rows.ts';
import { featuredCases } from './featured.ts';
import { type OpenPlaces, takeTown } from './open-towns.ts';
import { type PlanContext, petition, plainSlots, sample, setDue } from './plan.ts';
import type { OpenClass, Slot } from './slot.ts';

/** The county's own figures, exact whatever the seed. */
export const figures = {
  recorded: 7276,
  closed: 7088,
  satisfied: 7024,
  campaignRecorded: 3638,
  campaignResolved: 3330,
  firstPetitions: 48,
  firstPetitionsBefore: 100,
  backlogResolved: 210,
  /** Of the resolved backlog, open for twenty years and more. */
  backlogOldest: 13,
} as const;
const backlogUnresolved = 46;
const openCounts: Record<OpenClass, number> = { overdue: 22, dueSoon: 40, running: 123, pending: 3 };
/** A case this young cannot have been handled, closed and called back: it stands open. */
const freshMs = 4 * hourMs;

/** The statistical year up to the anchor. Each step draws from what the steps before left, so that every count is exact. */
export function yearSlots(context: PlanContext, places: OpenPlaces): Slot[] {
  const { from, anchor } = context.spans;
  const prng = new Prng(context.seed, 3002);
  const lift = { from: campaignStart(context.spans), percent: 114 };
  const slots = plainSlots(context, { era: 'year', stream: 21, from, to: anchor, count: figures.recorded, lift });
  for (const slot of slots) if (slot.at > anchor - 2 * dayMs) slot.manual = false;
  choosePetitions(slots, context, prng);
  chooseFeatured(slots, context, places, prng);
  chooseOpen(slots, context, prng);
  for (const slot of slots) if (slot.open !== null) slot.shadow = null;
  for (const slot of slots.filter((s) => s.open !== null && s.open !== 'pending' && s.featured === null))
    slot.place = (slot.open === 'overdue' ? places.overdue : places.other).pop() ?? slot.place;
  const closedLongAgo = (days: number) => (slot: Slot) =>
    slot.open === null && slot.originalDueAt < anchor - days * dayMs;
  for (const slot of sample(slots, 118, prng, closedLongAgo(1))) slot.late = true;
  chooseCampaign(slots, context, prng);
  chooseUnresolved(slots, anchor, prng);
  for (const slot of sample(slots, figures.closed - figures.satisfied, prng, (s) => closedLongAgo(0)(s) && !s.late))
    slot.dissatisfied = true;
  chooseRisk(slots, prng);
  return slots;
}

function choosePetitions(slots: Slot[], context: PlanContext, prng: Prng): void {
  const { from, anchor } = context.spans;
  const plain = (slot: Slot) => slot.petitionKind === null;
  const inside = (slot: Slot) => plain(slot) && slot.at >= from + 2 * dayMs && slot.at < anchor - 2 * dayMs;
  for (const slot of sample(slots, figures.firstPetitions, prng, inside)) petition(slot, 'first', context, prng);
  const registered = (slot: Slot) => plain(slot) && slot.at < anchor - 30 * dayMs;
  const backlog = sample(slots, figures.backlogResolved + backlogUnresolved, prng, registered);
  for (const [n, slot] of backlog.entries()) {
    petition(slot, 'backlog', context, prng);
    slot.unresolved = n >= figures.backlogResolved;
    // A month clear of the mark on both sides: nobody turns twenty between the anchor and the present.
    const months = n < figures.backlogOldest ? prng.between(242, 330) : prng.between(13, 236);
    slot.petitionSince = slot.at - months * 30 * dayMs - (n < figures.backlogOldest ? 150 * dayMs : 0);
    if (slot.unresolved) slot.petitionBatch = prng.pick(['strive', 'stabilise', 'stabilise', 'legal']);
  }
  for (const slot of sample(slots, 162, prng, plain)) petition(slot, 'repeat', context, prng);
}

/** Finds for each drawn example a recent case whose deadline fits, and gives it the example's facts. */
function chooseFeatured(slots: Slot[], context: PlanContext, places: OpenPlaces, prng: Prng): void {
  const { anchor } = context.spans;
  const recent = prng.shuffle(slots.filter((s) => s.at > anchor - 40 * dayMs && s.at < anchor - dayMs));
  for (const [index, example] of featuredCases.entries()) {
    const place = context.county.places.find((p) => p.townCode === example.townCode && p.name === example.village);
    if (!place) throw new RangeError(`the register has no ${example.village}`);
    const fits = (slot: Slot) => {
      if (slot.petitionKind !== null || slot.featured !== null) return false;
      const { originalDueAt } = context.due({ ...slot, source: example.source, category: example.category });
      return classOf(originalDueAt, anchor) === example.open && originalDueAt > anchor - 3 * dayMs;
    };
    const slot = recent.find(fits);
    if (!slot) throw new RangeError(`no case can be ${example.title}`);
    Object.assign(slot, { source: example.source, category: example.category, place, featured: index });
    Object.assign(slot, { open: example.open, highRisk: example.highRisk, unresolved: true, manual: false });
    setDue(slot, context);
    takeTown(example.open === 'overdue' ? places.overdue : places.other, place.townCode);
  }
}

function classOf(dueAt: number, anchor: number): Exclude<OpenClass, 'pending'> {
  if (dueAt < anchor) return 'overdue';
  return dueAt <= anchor + dayMs ? 'dueSoon' : 'running';
}

function chooseOpen(slots: Slot[], context: PlanContext, prng: Prng): void {
  const { anchor } = context.spans;
  const left = { ...openCounts };
  for (const slot of slots) if (slot.open !== null) left[slot.open] -= 1;
  const open = (slot: Slot, kind: OpenClass) => {
    slot.open = kind;
    left[kind] -= 1;
  };
  const free = (slot: Slot) => slot.open === null && slot.petitionKind !== 'backlog';
  const fresh = slots.filter((slot) => free(slot) && slot.at > anchor - freshMs);
  for (const [n, slot] of fresh.reverse().entries()) {
    slot.manual = n % 2 === 1 && left.pending > 0;
    open(slot, slot.manual ? 'pending' : 'running');
  }
  for (const slot of sample(slots, left.pending, prng, (s) => free(s) && s.at > anchor - 2 * dayMs)) {
    slot.manual = true;
    open(slot, 'pending');
  }
  // Long petitions whose deadline was extended.
  for (const slot of sample(slots, 6, prng, (s) => s.open === null && s.petitionKind === 'backlog' && s.unresolved)) {
    slot.dueAt = anchor + prng.between(60, 600) * hourMs;
    open(slot, 'running');
  }
  const due = (kind: OpenClass) => (s: Slot) => free(s) && classOf(s.originalDueAt, anchor) === kind;
  const pastDue = (days: number) => (s: Slot) => due('overdue')(s) && s.originalDueAt > anchor - days * dayMs;
  for (const slot of sample(slots, left.overdue, prng, pastDue(4))) open(slot, 'overdue');
  const soon = slots.filter(due('dueSoon'));
  for (const slot of prng.shuffle(soon).slice(0, Math.min(left.dueSoon, Math.floor((soon.length * 7) / 10))))
    open(slot, 'dueSoon');
  for (const slot of sample(slots, left.dueSoon, prng, pastDue(6))) {
    slot.dueAt += Math.ceil((anchor - slot.originalDueAt + 1) / dayMs) * dayMs;
    open(slot, 'dueSoon');
  }
  // The younger, the likelier still open.
  const scored = slots
    .filter(due('running'))
    .map((slot) => ({ slot, score: (anchor - slot.at) * prng.between(100, 1000) }));
  scored.sort((a, b) => a.score - b.score);
  if (scored.length < left.running) throw new RangeError(`the plan needs ${left.running} running cases`);
  for (const { slot } of scored.slice(0, left.running)) open(slot, 'running');
}

/** 百日攻坚: what was recorded in its days, most of it, and a stock of earlier cases. */
function chooseCampaign(slots: Slot[], context: PlanContext, prng: Prng): void {
  const start = campaignStart(context.spans);
  const during = slots.filter((slot) => slot.at >= start).length;
  const own = Math.min(figures.campaignRecorded, Math.floor((during * 93) / 100));
  for (const slot of sample(slots, own, prng, (s) => s.at >= start)) slot.campaigns.push('hundredDays');
  const stock = (slot: Slot) => slot.at < start && slot.at > start - 120 * dayMs;
  for (const slot of sample(slots, figures.campaignRecorded - own, prng, stock)) slot.campaigns.push('hundredDays');
  for (const slot of slots)
    if (slot.category === 'homestead' && slot.at > context.spans.from + 59 * dayMs)
      slot.campaigns.push('homesteadReview');
}

/** 308 of the campaign are unresolved at the anchor; 化解 and 办结 are independent, so some of them are closed. */
function chooseUnresolved(slots: Slot[], anchor: number, prng: Prng): void {
  const tagged = (slot: Slot) => slot.campaigns.includes('hundredDays');
  for (const slot of slots)
    if (slot.open !== null && slot.petitionKind !== 'backlog' && !slot.unresolved)
      slot.unresolved = slot.open === 'pending' || slot.at > anchor - dayMs || prng.chance(820);
  const known = slots.filter((slot) => slot.unresolved && tagged(slot)).length;
  const free = (slot: Slot) => slot.open === null && !slot.unresolved && slot.petitionKind !== 'backlog';
  const missing = figures.campaignRecorded - figures.campaignResolved - known;
  for (const slot of sample(slots, missing, prng, (s) => free(s) && tagged(s))) slot.unresolved = true;
  for (const slot of sample(slots, 96, prng, (s) => free(s) && !tagged(s))) slot.unresolved = true;
}

/** Twelve open cases are marked 高风险, the drawn ones among them. */
function chooseRisk(slots: Slot[], prng: Prng): void {
  const open = slots.filter((slot) => slot.open !== null);
  for (const slot of open) slot.highRisk = slot.highRisk && slot.featured !== null;
  const marked = open.filter((slot) => slot.highRisk).length;
  const grave = (slot: Slot) =>
    slot.open !== null &&
    slot.open !== 'pending' &&
    slot.featured === null &&
    (slot.petitionKind !== null ||
      ['homestead', 'land', 'labour', 'marriage', 'neighbour', 'debt', 'safety'].includes(slot.category));
  for (const slot of sample(slots, 12 - marked, prng, grave)) slot.highRisk = true;
}
