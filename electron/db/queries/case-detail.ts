import type { Case } from '../../../shared/model/case.ts';
import type { CaseEvent } from '../../../shared/model/case-event.ts';
import type { CaseDetail } from '../../../shared/model/case-view.ts';
import { maskName, maskPhone } from '../../../shared/model/mask.ts';
import { seesPersonalData } from '../../../shared/model/permissions.ts';
import { normalisePhone } from '../../../shared/model/phone.ts';
import { readOperator } from '../meta.ts';
import { shownCommands } from '../outbox.ts';
import { ownRev } from '../rebase.ts';
import { readRow, readRows } from '../rows.ts';
import type { ReadDb } from '../statements.ts';
import { readCaseWork } from './case-work.ts';
import { dialUri, readHolders } from './responsibles.ts';

/** Names and numbers as the signed-in operator may see them; with nobody signed in, masked. */
function maskOf(db: ReadDb): { name(name: string): string; phone(phone: string): string } {
  const operator = readOperator(db);
  const plain = operator !== null && seesPersonalData(operator.role);
  return plain ? { name: (name) => name, phone: asDialled } : { name: maskName, phone: maskPhone };
}

/** The case panel: everything about one case, masked by role. Null: no such case here. */
export function readCaseDetail(db: ReadDb, caseId: string): CaseDetail | null {
  const found = readRow(db, 'case', caseId);
  if (!found) return null;
  const mask = maskOf(db);
  const changed = new Set(db.column<string>('SELECT id FROM base_row WHERE case_id = :caseId', { caseId }));
  const isPending = (line: { id: string; rev: number }) => line.rev === ownRev || changed.has(line.id);
  const village = found.villageCode === null ? null : readRow(db, 'village', found.villageCode);
  const town = found.townCode === null ? null : readRow(db, 'town', found.townCode);
  const department = village?.departmentId ? readRow(db, 'department', village.departmentId) : null;
  const nameOf = namesOf(db, mask.name);
  const messages = readRows(db, 'message', 'WHERE case_id = :caseId ORDER BY queued_at, id', { caseId });
  const calls = readRows(db, 'call', 'WHERE case_id = :caseId ORDER BY started_at, id', { caseId });
  const events = readRows(db, 'caseEvent', 'WHERE case_id = :caseId ORDER BY at, id', { caseId });
  return {
    case: { ...found, parties: maskedParties(found, mask) },
    townName: town?.name ?? null,
    villageName: village?.name ?? null,
    departmentName: department?.name ?? null,
    timeline: events.map((event) => ({
      ...event,
      facts: maskedFacts(event.facts, mask.name),
      pending: isPending(event),
    })),
    responsibles: readHolders(db, found.villageCode).map(({ postKind, rank, person }) => ({
      postKind,
      rank,
      personId: person?.id ?? null,
      name: person ? mask.name(person.name) : null,
      title: person?.title ?? null,
      phone: person?.phone ? mask.phone(person.phone) : null,
      dialable: person !== null && dialUri(person) !== null,
      lastMessage: person ? (messages.findLast((message) => message.personId === person.id) ?? null) : null,
      lastCall: person ? (calls.findLast((call) => call.personId === person.id) ?? null) : null,
    })),
    messages: messages.map((message) => ({
      ...message,
      personName: nameOf(message.personId) ?? '',
      pending: isPending(message),
    })),
    calls: calls.map((call) => ({ ...call, personName: nameOf(call.personId), pending: isPending(call) })),
    commands: shownCommands(db, caseId),
    work: readCaseWork(db, caseId, found.mergedIntoId, isPending, mask.name),
  };
}

/** A line of the course may name a person: whoever was called, or the leader that a case was given to. A department's name is nobody's. */
function maskedFacts(facts: CaseEvent['facts'], shown: (name: string) => string): CaseEvent['facts'] {
  const { person, assignee, kind } = facts;
  return {
    ...facts,
    ...(typeof person === 'string' && { person: shown(person) }),
    ...(typeof assignee === 'string' && kind !== 'department' && { assignee: shown(assignee) }),
  };
}

function maskedParties(found: Case, mask: ReturnType<typeof maskOf>): Case['parties'] {
  return found.parties.map((party) => ({
    ...party,
    name: mask.name(party.name),
    phone: party.phone === null ? null : mask.phone(party.phone),
  }));
}

function namesOf(db: ReadDb, shown: (name: string) => string): (personId: string | null) => string | null {
  const names = new Map<string, string | null>();
  return (personId) => {
    if (personId === null) return null;
    let name = names.get(personId);
    if (name === undefined) {
      const person = readRow(db, 'person', personId);
      name = person ? shown(person.name) : null;
      names.set(personId, name);
    }
    return name;
  };
}

/** One way of writing for all: the digits one dials. What holds several numbers, an extension or no number stays as it was written. */
function asDialled(phone: string): string {
  const read = normalisePhone(phone);
  return read.ok && read.alternatives.length === 0 && read.extension === null ? read.digits : phone;
}
