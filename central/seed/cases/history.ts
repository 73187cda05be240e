import type { Call } from '../../../shared/model/call.ts';
import type { Case } from '../../../shared/model/case.ts';
import type { CaseEvent, CaseEventKind } from '../../../shared/model/case-event.ts';
import type { Message } from '../../../shared/model/message.ts';
import { normalisePhone } from '../../../shared/model/phone.ts';
import type { Person } from '../../../shared/model/register.ts';
import { dayMs, hourMs, minuteMs } from '../../../shared/time/shanghai.ts';
import { deskOperators } from '../accounts.ts';
import type { Prng } from '../prng.ts';
import type { People } from '../register/people.ts';
import { ulidOf } from '../ulid.ts';
import { notes } from '../words/notes.ts';
import type { Moments } from './moments.ts';
import type { Slot } from './slot.ts';

export interface History {
  events: CaseEvent[];
  calls: Call[];
  messages: Message[];
}

/** Writes the timeline of a case up to `now`, with its urgings and calls, and counts those into the case. */
export function historyOf(row: Case, slot: Slot, moments: Moments, people: People, now: number, prng: Prng): History {
  const history: History = { events: [], calls: [], messages: [] };
  const holders = holdersOf(row, people);
  const worker = holders[prng.below(Math.min(3, holders.length))] ?? null;
  const event = (
    kind: CaseEventKind,
    at: number | null,
    actor: { id: string; name: string } | null,
    facts: CaseEvent['facts'] = {},
    note = '',
  ) => {
    if (at === null || at > now) return;
    history.events.push({
      id: `${ulidOf(at, prng)}:0`,
      rev: 0,
      caseId: row.id,
      kind,
      at,
      actorId: actor?.id ?? null,
      actorName: actor?.name ?? null,
      facts,
      note,
    });
  };
  const operator = prng.pick(deskOperators);
  event('recorded', row.recordedAt, null, { source: row.source, sourceNo: row.sourceNo });
  if (slot.era !== 'older') {
    const last = row.dispatchChain[row.dispatchChain.length - 1];
    if (row.dispatchedAt !== null)
      event(
        'dispatched',
        row.dispatchedAt,
        slot.manual ? operator : null,
        { by: last?.step ?? 'manual', villageCode: row.villageCode, bindingVersion: row.bindingVersion },
        slot.manual ? (last?.evidence ?? '') : '',
      );
    event('accepted', row.acceptedAt, worker);
    event('onScene', row.onSceneAt, worker);
    event('acted', row.firstActionAt, worker, {}, prng.pick(notes.acted));
    if (row.dueAt !== row.originalDueAt && row.firstActionAt !== null)
      event(
        'acted',
        Math.max(row.firstActionAt + minuteMs, row.originalDueAt - prng.between(2, 9) * hourMs),
        worker,
        { dueAt: row.dueAt },
        prng.pick(notes.extended),
      );
    if (moments.reopenedAt !== null) {
      event('closed', moments.firstClosedAt, worker, {}, prng.pick(notes.closed));
      event('calledBack', moments.reopenedAt, operator, { result: 'dissatisfied' }, prng.pick(notes.dissatisfied));
      event('reopened', moments.reopenedAt, operator, { reason: 'dissatisfied' });
      event('acted', moments.reopenedAt + 30 * minuteMs, worker, {}, prng.pick(notes.actedAgain));
    }
    event('resolved', row.resolvedAt, worker, { level: row.level }, prng.pick(notes.resolved));
  }
  const unsettled = row.resolvedAt === null || (row.closedAt !== null && row.resolvedAt > row.closedAt);
  event('closed', row.closedAt, worker, {}, prng.pick(unsettled ? notes.closedUnresolved : notes.closed));
  if (slot.era !== 'older' && moments.reopenedAt === null)
    event(
      'calledBack',
      row.calledBackAt,
      operator,
      { result: row.callbackResult },
      prng.pick(row.callbackResult === 'unreached' ? notes.unreached : notes.satisfied),
    );
  if (slot.era !== 'older' && row.dispatchedAt !== null) {
    if (row.highRisk)
      event('riskMarked', row.dispatchedAt + prng.between(1, 5) * hourMs, operator, {}, row.riskReason ?? '');
    urge(row, slot, holders, history, event, now, prng);
    call(row, slot, holders, history, event, now, prng);
  }
  history.events.sort((a, b) => a.at - b.at);
  return history;
}

type WriteEvent = (
  kind: CaseEventKind,
  at: number,
  actor: { id: string; name: string } | null,
  facts?: CaseEvent['facts'],
  note?: string,
) => void;

/** Holders of the village's posts when the case was dispatched. */
function holdersOf(row: Case, people: People): Person[] {
  if (row.villageCode === null) return [];
  const at = row.dispatchedAt ?? row.recordedAt;
  return (people.postsOf.get(row.villageCode) ?? [])
    .filter((post) => post.validFrom <= at && (post.validTo === null || post.validTo > at))
    .map((post) => people.personById.get(post.personId) as Person);
}

function urge(
  row: Case,
  slot: Slot,
  holders: Person[],
  history: History,
  event: WriteEvent,
  now: number,
  prng: Prng,
): void {
  const overdue = slot.late || slot.open === 'overdue';
  if (holders.length === 0 || !prng.chance(overdue ? 780 : slot.open === 'dueSoon' ? 350 : 25)) return;
  const end = Math.min(row.closedAt ?? now, now) - 10 * minuteMs;
  const times = overdue ? 1 + prng.below(3) : 1;
  let at = Math.max((row.acceptedAt ?? row.recordedAt) + hourMs, row.dueAt - prng.between(2, 20) * hourMs);
  for (let n = 0; n < times && at < end; n += 1) {
    const degree = at < row.dueAt ? 'yellow' : at < row.dueAt + dayMs ? 'orange' : 'red';
    const commandId = ulidOf(at, prng);
    const recipients = holders.slice(0, 3);
    event('urged', at, prng.pick(deskOperators), { degree, recipients: recipients.length }, prng.pick(notes.urged));
    const seen = new Set<string>();
    for (const person of recipients) {
      if (seen.has(person.id)) continue;
      seen.add(person.id);
      history.messages.push(messageOf(row, commandId, person, degree, at, prng));
    }
    row.urgeCount += 1;
    row.lastUrgedAt = at;
    row.lastUrgeDegree = degree;
    at += prng.between(8 * 60, 40 * 60) * minuteMs;
  }
}

function messageOf(
  row: Case,
  commandId: string,
  person: Person,
  degree: Message['degree'],
  at: number,
  prng: Prng,
): Message {
  const failure =
    person.phone === null
      ? 'noNumber'
      : !normalisePhone(person.phone).ok
        ? 'invalidNumber'
        : prng.chance(15)
          ? 'providerRefused'
          : null;
  const sentAt = at + prng.between(4, 40) * 1000;
  const delivered = failure === null && prng.chance(960);
  return {
    id: `${commandId}:${person.id}`,
    rev: 0,
    caseId: row.id,
    commandId,
    personId: person.id,
    degree,
    state: failure !== null ? 'failed' : delivered ? 'delivered' : 'sent',
    queuedAt: at,
    sentAt: failure === null ? sentAt : null,
    deliveredAt: delivered ? sentAt + prng.between(2, 90) * 1000 : null,
    failedAt: failure === null ? null : failure === 'noNumber' ? at : sentAt,
    failure,
    attempts: failure === 'noNumber' ? 0 : 1,
  };
}

function call(
  row: Case,
  slot: Slot,
  holders: Person[],
  history: History,
  event: WriteEvent,
  now: number,
  prng: Prng,
): void {
  const chance = slot.open === 'overdue' ? 620 : slot.late ? 450 : slot.highRisk ? 500 : 60;
  if (holders.length === 0 || !prng.chance(chance)) return;
  const end = Math.min(row.closedAt ?? now, now) - 20 * minuteMs;
  const from = (row.dispatchedAt ?? row.recordedAt) + 20 * minuteMs;
  if (end <= from) return;
  let at = prng.between(from, end);
  const operator = prng.pick(deskOperators);
  for (const person of holders.slice(0, 2)) {
    const callId = ulidOf(at, prng);
    const outcome =
      person.phone === null || !normalisePhone(person.phone).ok
        ? 'invalidNumber'
        : prng.chance(720)
          ? 'answered'
          : prng.chance(700)
            ? 'noAnswer'
            : 'busy';
    const finishedAt = at + (outcome === 'answered' ? prng.between(40, 420) : prng.between(15, 50)) * 1000;
    const note = outcome === 'answered' ? prng.pick(notes.called) : '';
    history.calls.push({
      id: callId,
      rev: 0,
      caseId: row.id,
      personId: person.id,
      operatorId: operator.id,
      startedAt: at,
      finishedAt,
      outcome,
      note,
    });
    event('callStarted', at, operator, { callId, personId: person.id, person: person.name });
    event('callFinished', finishedAt, operator, { callId, outcome }, note);
    row.callCount += 1;
    row.lastCalledAt = at;
    // The next person is dialled at once when the first does not answer.
    if (outcome === 'answered') return;
    at = finishedAt + prng.between(5, 60) * 1000;
  }
}
