import { z } from 'zod';
import type { Case } from '../case.ts';
import type { Role } from '../codes.ts';
import type { CommandContext, Outcome } from '../effects.ts';
import { finishCall, startCall } from './call-responsible.ts';
import type { CommandDefinition, Undo } from './definition.ts';
import {
  acceptCase,
  arriveOnScene,
  callBack,
  closeCase,
  dispatchByHand,
  markRisk,
  recordAction,
  resolveCase,
} from './move-case.ts';
import { refuse } from './outcomes.ts';
import { urgeResponsibles } from './urge-responsibles.ts';

/** Every command on a case. The name travels on the wire and stays in outboxes: never rename, only add. */
export const caseCommands = {
  urgeResponsibles,
  startCall,
  finishCall,
  acceptCase,
  arriveOnScene,
  recordAction,
  resolveCase,
  closeCase,
  callBack,
  markRisk,
  dispatchByHand,
} as const;
export type CaseCommandName = keyof typeof caseCommands;
export type CaseCommandArgs<N extends CaseCommandName> = z.infer<(typeof caseCommands)[N]['args']>;
export const caseCommandNames = Object.keys(caseCommands) as CaseCommandName[];
export const caseCommandNameSchema = z.enum(caseCommandNames as [CaseCommandName, ...CaseCommandName[]]);

/**
 * Applies a command to a case: the one rule that the server, the optimistic view and the tests share. Arguments are parsed here, so that a
 * malformed command is refused alike everywhere. Never throws.
 */
export function applyCaseCommand(
  before: Case,
  name: string,
  args: unknown,
  role: Role,
  context: CommandContext,
): Outcome {
  if (!isCaseCommand(name)) return refuse('commandUnknown', name);
  const definition = caseCommands[name];
  if (!definition.roles.includes(role as never)) return refuse('notPermitted', name);
  const parsed = definition.args.safeParse(args);
  if (!parsed.success) return refuse('argumentsInvalid', parsed.error.issues[0]?.path.join('.') ?? '');
  return definition.apply(before, parsed.data as never, context);
}

function isCaseCommand(name: string): name is CaseCommandName {
  return Object.hasOwn(caseCommands, name);
}

/** Whether a command given to so many cases at once can be taken back. A name nobody knows leaves at once: the server refuses it. */
export function undoOf(name: string, cases = 1): Undo {
  if (!isCaseCommand(name)) return 'irrevocable';
  const { undo, undoOfMany }: Pick<CommandDefinition<z.ZodType>, 'undo' | 'undoOfMany'> = caseCommands[name];
  return cases > 1 && undoOfMany !== undefined ? undoOfMany : undo;
}

const isText = (value: unknown): value is string => typeof value === 'string';

/** Ids that a command names, so that whoever applies it can load them first. Tolerates malformed arguments. */
export function referencesOf(args: unknown): { personIds: string[]; villageCodes: string[] } {
  const named: { recipientIds?: unknown; personId?: unknown; villageCode?: unknown } = Object(args);
  const recipientIds = Array.isArray(named.recipientIds) && named.recipientIds.every(isText) ? named.recipientIds : [];
  return {
    personIds: isText(named.personId) ? [...recipientIds, named.personId] : recipientIds,
    villageCodes: isText(named.villageCode) ? [named.villageCode] : [],
  };
}
