import { nothingDone } from '../../../shared/model/blank-case.ts';
import type { Case, DispatchStep } from '../../../shared/model/case.ts';
import { Prng } from '../prng.ts';
import { personNameOf, writtenPhone } from '../register/names.ts';
import type { People } from '../register/people.ts';
import { pointNear } from '../register/places.ts';
import type { Spans } from '../spans.ts';
import { ulidOf } from '../ulid.ts';
import { notes } from '../words/notes.ts';
import { addressOf, textOf } from '../words/text.ts';
import { featuredCases } from './featured.ts';
import { type History, historyOf } from './history.ts';
import { momentsOf } from './moments.ts';
import type { Numbers } from './numbers.ts';
import type { Slot } from './slot.ts';

export interface CaseRows extends History {
  cases: Case[];
}

export interface RowContext {
  seed: number;
  spans: Spans;
  people: People;
  numbers: Numbers;
}

/** The case of a slot as it stands at `now`, with its history and, where the plan says so, the record that repeats it. */
export function rowsOf(slot: Slot, context: RowContext): CaseRows {
  const prng = new Prng(context.seed, 5, slot.key);
  const { now } = context.spans;
  const moments = momentsOf(slot, context.spans, prng);
  const past = (at: number | null): number | null => (at !== null && at <= now ? at : null);
  const { place } = slot;
  const example = slot.featured === null ? undefined : featuredCases[slot.featured];
  const text = textOf(slot, prng);
  const address = addressOf(place, prng, example ? null : text.spot);
  const point = prng.chance(880) ? pointNear(place, prng) : null;
  const chain = chainOf(slot, address, point, prng);
  const dispatchedAt = past(moments.dispatchedAt);
  const placed = dispatchedAt !== null;
  const closedAt = past(moments.closedAt);
  const calledBackAt = past(moments.calledBackAt);
  const changes = context.people.changesOf.get(place.code) ?? [];
  const row: Case = {
    id: ulidOf(slot.at, prng),
    rev: 0,
    no: context.numbers.next(slot.at),
    source: slot.source,
    sourceNo: context.numbers.ofSource(slot, prng),
    category: slot.category,
    title: example?.title ?? text.title,
    detail: example?.detail ?? text.detail,
    address,
    lng: point?.lng ?? null,
    lat: point?.lat ?? null,
    positionKind:
      point === null ? null : chain.some((s) => s.step === 'polygon' && s.outcome === 'hit') ? 'reported' : 'schematic',
    townCode: placed ? place.townCode : null,
    villageCode: placed ? place.code : null,
    dispatchState: placed ? (slot.manual ? 'manual' : 'auto') : 'pending',
    dispatchChain: placed ? chain : chain.filter((step) => step.step !== 'manual'),
    bindingVersion: placed ? 1 + changes.filter((at) => at <= moments.dispatchedAt).length : null,
    parties: partiesOf(slot, example ? [] : text.surnames, prng),
    highRisk: slot.highRisk,
    riskReason: slot.highRisk ? prng.pick(notes.risk) : null,
    level: levelOf(slot, prng),
    deadlineRule: slot.deadlineRule,
    dueAt: slot.dueAt,
    originalDueAt: slot.originalDueAt,
    recordedAt: slot.at,
    dispatchedAt,
    acceptedAt: past(moments.acceptedAt),
    onSceneAt: past(moments.onSceneAt),
    firstActionAt: past(moments.firstActionAt),
    resolvedAt: past(moments.resolvedAt),
    closedAt,
    calledBackAt,
    callbackResult: calledBackAt === null ? null : resultOf(slot, context.spans, moments.closedAt, prng),
    voidedAt: null,
    mergedIntoId: null,
    campaigns: slot.campaigns,
    petitionKind: slot.petitionKind,
    petitionBatch: slot.petitionBatch,
    petitionSince: slot.petitionSince,
    urgeCount: 0,
    lastUrgedAt: null,
    lastUrgeDegree: null,
    callCount: 0,
    lastCalledAt: null,
    updatedAt: slot.at,
  };
  // A position whose village is unknown is one that came with no case.
  if (!placed) Object.assign(row, { lng: null, lat: null, positionKind: null });
  const history = historyOf(row, slot, moments, context.people, now, prng);
  row.updatedAt = lastOf(row, history);
  const rows: CaseRows = { cases: [row], ...history };
  if (slot.shadow !== null) addShadow(rows, row, slot, context, prng);
  return rows;
}

function lastOf(row: Case, history: History): number {
  const { recordedAt, dispatchedAt, acceptedAt, onSceneAt, firstActionAt, resolvedAt, closedAt, calledBackAt } = row;
  const moments = [dispatchedAt, acceptedAt, onSceneAt, firstActionAt, resolvedAt, closedAt, calledBackAt];
  let last = recordedAt;
  for (const at of moments) if (at !== null && at > last) last = at;
  for (const event of history.events) if (event.at > last) last = event.at;
  return last;
}

/** Which rule placed it: code from grid workers, position from telephone desks, else the words of the address; by hand when none did. */
function chainOf(slot: Slot, address: string, point: { lng: number; lat: number } | null, prng: Prng): DispatchStep[] {
  const { code, name } = slot.place;
  const chain: DispatchStep[] = [];
  const step = (kind: DispatchStep['step'], evidence: string, hit: boolean) =>
    chain.push({
      step: kind,
      evidence,
      villageCode: hit ? code : null,
      outcome: hit ? 'hit' : evidence === '' ? 'absent' : 'miss',
    });
  const coded = slot.source === 'grid' || slot.source === 'outreach';
  if (!slot.manual && coded && prng.chance(930)) {
    step('villageCode', code, true);
    return chain;
  }
  step('villageCode', '', false);
  if (!slot.manual && point !== null && prng.chance(550)) {
    step('polygon', `${point.lng.toFixed(5)}, ${point.lat.toFixed(5)}`, true);
    return chain;
  }
  step('polygon', '', false);
  if (!slot.manual) step('addressDictionary', name, true);
  else {
    step('addressDictionary', address.slice(-8), false);
    step('manual', `${prng.pick(notes.manual)}：${name}`, true);
  }
  return chain;
}

function levelOf(slot: Slot, prng: Prng): Case['level'] {
  const heavy = ['landRights', 'money', 'backlogPetition', 'repeatPetition'].includes(slot.deadlineRule);
  const roll = prng.below(1000);
  if (slot.deadlineRule === 'firstPetition') return roll < 930 ? 'village' : 'town';
  if (heavy) return roll < 560 ? 'village' : roll < 890 ? 'town' : 'county';
  return roll < 785 ? 'village' : roll < 955 ? 'town' : 'county';
}

function resultOf(slot: Slot, spans: Spans, closedAt: number | null, prng: Prng): Case['callbackResult'] {
  if (slot.dissatisfied) return 'dissatisfied';
  if (closedAt !== null && closedAt > spans.anchor - 1 && prng.chance(20)) return 'unreached';
  return prng.chance(790) ? 'satisfied' : 'basicallySatisfied';
}

function partiesOf(slot: Slot, surnames: readonly (string | undefined)[], prng: Prng): Case['parties'] {
  const count = ['livelihood', 'cityAppearance', 'environment', 'safety'].includes(slot.category) ? 1 : 2;
  return Array.from({ length: count }, (_, n) => ({
    name: personNameOf(prng, surnames[n]),
    phone: n === 0 || prng.chance(700) ? writtenPhone(prng.bits(), prng) : null,
  }));
}

/** The same case reported once more (merged into it), or a record made by mistake (void). Neither counts in any figure. */
function addShadow(rows: CaseRows, row: Case, slot: Slot, context: RowContext, prng: Prng): void {
  const at = slot.at + prng.between(20, 600) * 60_000;
  const endedAt = at + prng.between(10, 300) * 60_000;
  if (endedAt > context.spans.now || row.dispatchedAt === null || row.dispatchedAt > at) return;
  const shadow: Case = {
    ...row,
    id: ulidOf(at, prng),
    no: context.numbers.next(at),
    source: 'hotline12345',
    sourceNo: context.numbers.ofSource({ ...slot, at, key: slot.key + 500_000, source: 'hotline12345' }, prng),
    parties: row.parties.slice(0, 1),
    highRisk: false,
    riskReason: null,
    recordedAt: at,
    ...nothingDone(),
    dispatchedAt: at,
    voidedAt: slot.shadow === 'void' ? endedAt : null,
    mergedIntoId: slot.shadow === 'merged' ? row.id : null,
    updatedAt: endedAt,
  };
  rows.cases.push(shadow);
  const facts = { source: shadow.source, sourceNo: shadow.sourceNo };
  const event = { rev: 0, caseId: shadow.id, actorId: null, actorName: null, note: '', at };
  rows.events.push({ ...event, id: `${ulidOf(at, prng)}:0`, kind: 'recorded', facts });
}
