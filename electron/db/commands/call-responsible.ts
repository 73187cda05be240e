import type { CommandArgs, CommandResultOf } from '../../../shared/ipc/contract.ts';
import { maskName } from '../../../shared/model/mask.ts';
import { seesPersonalData } from '../../../shared/model/permissions.ts';
import type { Person } from '../../../shared/model/register.ts';
import { dialUri, personsOf, readHolders } from '../queries/responsibles.ts';
import { readRow } from '../rows.ts';
import { caseAt, type Desk, failureOfRefusal, giveCommand, operatorAt } from './give.ts';

/** 一键拨号: records the call durably, then answers with what to dial. Without a named person: the first responsible with a usable number, else the first. */
export function startCall(desk: Desk, args: CommandArgs<'startCall'>): CommandResultOf<'startCall'> {
  const { db } = desk;
  const operator = operatorAt(db);
  const person = calledPerson(desk, args);
  const callId = desk.newId();
  const outcome = giveCommand(desk, operator, {
    id: desk.newId(),
    name: 'startCall',
    args: { callId, personId: person.id },
    caseId: args.caseId,
  });
  if (!outcome.ok) throw failureOfRefusal(outcome.reason);
  return {
    callId,
    personId: person.id,
    personName: seesPersonalData(operator.role) ? person.name : maskName(person.name),
    uri: dialUri(person),
  };
}

function calledPerson({ db }: Desk, { caseId, personId }: CommandArgs<'startCall'>): Person {
  const found = caseAt(db, caseId);
  if (personId !== null) {
    const person = readRow(db, 'person', personId);
    if (!person) throw failureOfRefusal('personUnknown');
    return person;
  }
  const persons = personsOf(readHolders(db, found.villageCode)).map((holder) => holder.person);
  const person = persons.find((one) => dialUri(one) !== null) ?? persons[0];
  if (!person) throw failureOfRefusal('noRecipients');
  return person;
}

/** What came of the call. */
export function finishCall(desk: Desk, args: CommandArgs<'finishCall'>): CommandResultOf<'finishCall'> {
  const { caseId, callId, outcome, note } = args;
  const id = desk.newId();
  const done = giveCommand(desk, operatorAt(desk.db), {
    id,
    name: 'finishCall',
    args: { callId, outcome, note },
    caseId,
  });
  if (!done.ok) throw failureOfRefusal(done.reason);
  return { commandId: id };
}
