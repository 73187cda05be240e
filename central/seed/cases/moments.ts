import { dayMs, hourMs, minuteMs } from '../../../shared/time/shanghai.ts';
import type { Prng } from '../prng.ts';
import type { Spans } from '../spans.ts';
import { toDaytime } from './instants.ts';
import type { Slot } from './slot.ts';

/** The life of a case as it will have been, beyond the present too; who writes rows leaves out what has not happened yet. */
export interface Moments {
  dispatchedAt: number;
  acceptedAt: number;
  onSceneAt: number | null;
  firstActionAt: number;
  resolvedAt: number | null;
  /** First closing and the dissatisfied call-back that undid it. */
  firstClosedAt: number | null;
  reopenedAt: number | null;
  closedAt: number | null;
  calledBackAt: number | null;
}

/** Every case needs at least this from recording to closing. */
const shortestMs = 70 * minuteMs;
/** What a closed case of the year must leave before the anchor for its call-back. */
const callbackMs = 50 * minuteMs;

export function momentsOf(slot: Slot, spans: Spans, prng: Prng): Moments {
  const { anchor } = spans;
  const bound = slot.era === 'after' ? Number.MAX_SAFE_INTEGER : anchor;
  let closedAt = slot.open === null ? closingOf(slot, bound - callbackMs, prng) : openClosingOf(slot, anchor, prng);
  const dispatchedAt = dispatchOf(slot, closedAt, slot.era === 'after' ? spans.now : anchor, prng);
  if (slot.open === 'pending') closedAt = Math.max(closedAt, dispatchedAt + prng.between(8, 60) * hourMs);
  if (slot.dissatisfied) closedAt = Math.max(closedAt, slot.at + 8 * hourMs);

  // An open case that is resolved was so by the anchor: its steps lie before it.
  const resolvedOpen = slot.open !== null && !slot.unresolved;
  const firstClosedAt = slot.dissatisfied ? part(slot.at, closedAt, 55) : null;
  const reopenedAt = firstClosedAt === null ? null : part(firstClosedAt, closedAt, 45);
  const end = resolvedOpen ? anchor - 10 * minuteMs : (firstClosedAt ?? closedAt);
  const life = end - slot.at;
  const urgent = slot.source === 'police110' || slot.category === 'safety';
  const step = (from: number, low: number, share: number, day = true) => {
    const latest = from + Math.floor((life * share) / 100);
    const at = prng.between(Math.min(from + low * minuteMs, latest), Math.min(latest, from + 30 * hourMs));
    const moved = day && !urgent ? toDaytime(at, prng) : at;
    return moved > latest ? at : moved;
  };
  const acceptedAt = step(dispatchedAt, 3, 20);
  const onSceneAt = prng.chance(720) ? step(acceptedAt, 10, 20) : null;
  const firstActionAt = step(onSceneAt ?? acceptedAt, 10, 15);
  const resolvedAt = resolvingOf(slot, { firstActionAt, reopenedAt, closedAt, end }, spans, prng);
  const calledBackAt = reopenedAt ?? callBackOf(slot, closedAt, bound, prng);
  const kept = slot.era === 'previous' && slot.open !== null;
  return {
    dispatchedAt,
    acceptedAt,
    onSceneAt,
    firstActionAt,
    resolvedAt: kept ? null : resolvedAt,
    firstClosedAt,
    reopenedAt,
    closedAt: kept ? null : closedAt,
    calledBackAt: kept ? null : calledBackAt,
  };
}

function part(from: number, to: number, percent: number): number {
  return from + Math.floor(((to - from) * percent) / 100);
}

function closingOf(slot: Slot, bound: number, prng: Prng): number {
  if (slot.late) {
    const most = Math.min(6 * dayMs, bound - slot.dueAt);
    return slot.dueAt + prng.between(Math.min(30 * minuteMs, most), most);
  }
  const lower = slot.at + shortestMs;
  const upper = Math.max(lower, Math.min(slot.dueAt, bound));
  const span = upper - lower;
  const at = lower + Math.floor((prng.between(0, span) + prng.between(0, span)) / 2);
  const moved = toDaytime(at, prng);
  return moved > upper ? at : moved;
}

/** When a case that is open at the anchor closes after it: most before their due, the overdue ones over the days that follow. */
function openClosingOf(slot: Slot, anchor: number, prng: Prng): number {
  const inTime = slot.open === 'running' || slot.open === 'pending' ? prng.chance(920) : prng.chance(600);
  if (slot.open !== 'overdue' && inTime && slot.dueAt > anchor + 3 * hourMs) {
    const at = prng.between(anchor + 2 * hourMs, slot.dueAt);
    const moved = toDaytime(at, prng);
    return moved > slot.dueAt ? at : moved;
  }
  return toDaytime(Math.max(slot.dueAt, anchor) + prng.between(14 * hourMs, 5 * dayMs), prng);
}

/** By rule at once; by hand after a while; the pending ones some hours after the anchor, or after the present. */
function dispatchOf(slot: Slot, closedAt: number, waitsUntil: number, prng: Prng): number {
  if (slot.open === 'pending') return waitsUntil + prng.between(hourMs, 14 * hourMs);
  if (!slot.manual) return slot.at + prng.between(2000, 40_000);
  return (
    slot.at +
    prng.between(5 * minuteMs, Math.max(6 * minuteMs, Math.min(20 * hourMs, Math.floor((closedAt - slot.at) / 8))))
  );
}

function resolvingOf(
  slot: Slot,
  life: { firstActionAt: number; reopenedAt: number | null; closedAt: number; end: number },
  spans: Spans,
  prng: Prng,
): number | null {
  const { anchor } = spans;
  if (slot.era === 'after') {
    if (slot.unresolved) return null;
  } else if (slot.unresolved) {
    if (slot.open === null) return prng.chance(300) ? anchor + prng.between(hourMs, 20 * dayMs) : null;
    const least = Math.max(anchor + 20 * minuteMs, life.firstActionAt);
    return Math.min(life.closedAt, Math.max(least, life.closedAt - prng.between(0, 20) * hourMs));
  }
  if (slot.open === null && life.reopenedAt === null && prng.chance(60)) {
    const after = life.closedAt + prng.between(12 * hourMs, 20 * dayMs);
    if (slot.era === 'after' || after < anchor - minuteMs) return after;
  }
  const end = slot.open === null ? life.closedAt : life.end;
  const from = life.reopenedAt ?? life.firstActionAt;
  return end - Math.floor(((end - from) * prng.below(400)) / 1000);
}

function callBackOf(slot: Slot, closedAt: number, bound: number, prng: Prng): number {
  const at = toDaytime(closedAt + prng.between(30 * minuteMs, 2 * dayMs), prng);
  if (slot.open !== null || at < bound - minuteMs) return at;
  return prng.between(closedAt + 5 * minuteMs, bound - minuteMs);
}
