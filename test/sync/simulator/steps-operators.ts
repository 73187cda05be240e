import type { SimDesk } from './desk.ts';
import { personIds } from './model-county.ts';
import { give as giveAt, settle, takeBack } from './operator.ts';
import { keptOf } from './oracle.ts';
import type { Chance } from './random.ts';
import { someCase, type World } from './world.ts';

export const operatorSteps = {
  /** An operator works on a case: one to three commands. */
  give({ desks }: World, chance: Chance) {
    const desk = chance.pick(desks);
    const caseId = chance.hits(0.12) ? recordOne(desk, chance) : someOf(desk, chance);
    for (let left = chance.between(1, 3); left > 0; left -= 1) giveOne(desk, caseId, chance);
  },
  /** Takes one of the newest commands back, in time or too late. */
  takeBack({ desks }: World, chance: Chance) {
    const desk = chance.pick(desks);
    const newest = desk.intents.filter((one) => one.undone === 'no' && !one.settled).slice(-4);
    if (newest.length > 0) takeBack(desk, chance.pick(newest));
  },
  /** Looks through the tray. */
  settle({ desks }: World, chance: Chance) {
    const desk = chance.pick(desks);
    const kept = keptOf(desk);
    const refused = desk.intents.filter(({ commandId }) => kept.get(commandId)?.state === 'rejected');
    if (refused.length > 0) settle(desk, chance.pick(refused), chance.hits(0.6));
  },
} as const;

/** One of the few cases, or one that was recorded here. */
function someOf(desk: SimDesk, chance: Chance): string {
  const made = desk.intents.filter(({ name }) => name === 'recordCase');
  return made.length > 0 && chance.hits(0.2) ? chance.pick(made).caseId : someCase(chance);
}

/** A call comes in: a case nobody has yet. Some reports reach two desks. Answers its id. */
function recordOne(desk: SimDesk, chance: Chance): string {
  const sourceNo = chance.pick(['', 'W-1', 'W-2', 'W-3', 'W-4']);
  const address = chance.pick(['', '测试镇0测试村0', '测试镇1测试村1']);
  const caseId = `${desk.name}-case-${desk.intents.length + 1}`;
  const report = { source: 'selfReport', sourceNo, title: '路灯不亮', address, parties: [{ name: '测试甲' }] };
  giveAt(desk, 'recordCase', (key) => ({ ...report, detail: key }), caseId);
  return caseId;
}

function giveOne(desk: SimDesk, caseId: string, chance: Chance): void {
  const personId = chance.pick(personIds);
  const called = desk.intents.filter((one) => one.name === 'startCall' && one.caseId === caseId).at(-1);
  const draw = chance.next();
  const give = (name: string, args: (key: string) => unknown) => giveAt(desk, name, args, caseId);
  if (draw < 0.4) give('urgeResponsibles', (key) => ({ degree: 'red', recipientIds: [personId], note: key }));
  else if (draw < 0.6) give('startCall', (key) => ({ callId: key, personId }));
  else if (draw < 0.75 && called) give('finishCall', (key) => ({ callId: called.key, outcome: 'answered', note: key }));
  else if (draw < 0.93) give('recordAction', (key) => ({ note: key }));
  else if (draw < 0.97) give('acceptCase', (key) => ({ note: key }));
  else give('closeCase', (key) => ({ note: key }));
}
