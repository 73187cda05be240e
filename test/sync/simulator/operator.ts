import { giveCommand, operatorAt } from '../../../electron/db/commands/give.ts';
import { resendRejected } from '../../../electron/db/commands/resend-rejected.ts';
import { undo } from '../../../electron/db/commands/undo.ts';
import { dismiss } from '../../../electron/db/outbox.ts';
import type { SimDesk } from './desk.ts';
import { keptOf } from './oracle.ts';

/** What an operator did once: `acknowledged` when the desk told them that it stands. */
export interface Intent {
  key: string;
  commandId: string;
  caseId: string;
  name: string;
  acknowledged: boolean;
  /** Taken back: `yes` when the desk said so, `unsure` when it ended over it. */
  undone: 'no' | 'yes' | 'unsure';
  /** Refused by the server, and then taken off the tray or given again under another id. */
  settled: boolean;
}

/** Gives a command at a desk. Answers whether the desk acknowledged it. */
export function give(desk: SimDesk, name: string, args: (key: string) => unknown, caseId: string): boolean {
  const key = `${desk.name}-intent-${desk.intents.length + 1}`;
  const commandId = desk.nextCommandId();
  let refused = false;
  const how = desk.act((at) => {
    refused = !giveCommand(at, operatorAt(at.db), { id: commandId, name, args: args(key), caseId }).ok;
  });
  if (how === 'refused' || how === 'dead' || (how === 'done' && refused)) return false;
  const acknowledged = how === 'done';
  desk.intents.push({ key, commandId, caseId, name, acknowledged, undone: 'no', settled: false });
  desk.say(`${name} ${caseId} ${key}${acknowledged ? '' : ` (not acknowledged, ${how})`}`);
  return acknowledged;
}

/** Takes a command back, if its time is not over; with a case that it made goes what waits behind it. */
export function takeBack(desk: SimDesk, intent: Intent): void {
  const kept = keptOf(desk);
  const behind = desk.intents.filter(
    ({ caseId, commandId }) => caseId === intent.caseId && kept.get(commandId)?.state === 'pending',
  );
  const how = desk.act((at) => void undo(at, { batch: intent.commandId }));
  const gone = intent.name === 'recordCase' ? [intent, ...behind] : [intent];
  if (how === 'done') for (const one of gone) one.undone = 'yes';
  if (how === 'ended') for (const one of gone) one.undone = 'unsure';
  desk.say(`take back ${intent.key}: ${how}`);
}

/** Gives a refused command again as a new one, or lets it go. */
export function settle(desk: SimDesk, intent: Intent, again: boolean): void {
  const commandId = desk.nextCommandId();
  const how = desk.act((at) => {
    if (again) resendRejected({ ...at, newId: () => commandId }, { commandId: intent.commandId });
    else dismiss(at.db, [intent.commandId]);
  });
  desk.say(`${again ? 'give again' : 'let go'} ${intent.key}: ${how}`);
  if (how !== 'done' && how !== 'ended') return;
  intent.settled = true;
  if (again) desk.intents.push({ ...intent, commandId, acknowledged: how === 'done', settled: false });
}
