import { z } from 'zod';
import type { Case } from '../case.ts';
import type { Role } from '../codes.ts';
import type { CommandContext, CommandNeed, Outcome } from '../effects.ts';
import { assignCase, returnAssignment } from './assign-case.ts';
import { finishCall, startCall } from './call-responsible.ts';
import { recordConsultation } from './consult.ts';
import type { CommandDefinition, Undo } from './definition.ts';
import { escalateCase, returnEscalation } from './escalate-case.ts';
import { askExtension, decideExtension } from './extend-case.ts';
import { mergeCase, unmergeCase } from './merge-case.ts';
import {
  acceptCase,
  arriveOnScene,
  callBack,
  closeCase,
  dispatchByHand,
  markRisk,
  recordAction,
  resolveCase,
  transferCase,
  voidCase,
} from './move-case.ts';
import { refuse } from './outcomes.ts';
import { recordCase } from './record-case.ts';
import { setPetitionBatch, tagCampaign } from './tag-case.ts';
import { urgeResponsibles } from './urge-responsibles.ts';

/** Every command on a case. The name travels on the wire and stays in outboxes: never rename, only add. */
export const caseCommands = {
  recordCase,
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
  transferCase,
  voidCase,
  askExtension,
  decideExtension,
  recordConsultation,
  escalateCase,
  returnEscalation,
  assignCase,
  returnAssignment,
  mergeCase,
  unmergeCase,
  tagCampaign,
  setPetitionBatch,
} as const;
export type CaseCommandName = keyof typeof caseCommands;
export type CaseCommandArgs<N extends CaseCommandName> = z.infer<(typeof caseCommands)[N]['args']>;
export const caseCommandNames = Object.keys(caseCommands) as CaseCommandName[];
export const caseCommandNameSchema = z.enum(caseCommandNames as [CaseCommandName, ...CaseCommandName[]]);

/**
 * Applies a command to a case: the one rule that the server, the optimistic view and the tests share. Arguments are parsed here, so that a
 * malformed command is refused alike everywhere. `before` null: there is no such case yet. Never throws.
 */
export function applyCaseCommand(
  before: Case | null,
  name: string,
  args: unknown,
  role: Role,
  context: CommandContext,
): Outcome {
  if (before === null && !beginsCase(name)) return refuse('caseUnknown');
  if (!isCaseCommand(name)) return refuse('commandUnknown', name);
  const definition: CommandDefinition<z.ZodType> = caseCommands[name];
  if (!definition.roles.includes(role as never)) return refuse('notPermitted', name);
  const parsed = definition.args.safeParse(args);
  if (!parsed.success) return refuse('argumentsInvalid', parsed.error.issues[0]?.path.join('.') ?? '');
  if (before !== null) return definition.apply(before, parsed.data, context);
  return definition.begins?.(parsed.data, context) ?? refuse('caseUnknown');
}

function isCaseCommand(name: string): name is CaseCommandName {
  return Object.hasOwn(caseCommands, name);
}

/** Whether a command makes its case instead of changing one. */
export function beginsCase(name: string): boolean {
  return isCaseCommand(name) && (caseCommands[name] as CommandDefinition<z.ZodType>).begins !== undefined;
}

/** Whether a command given to so many cases at once can be taken back. A name nobody knows leaves at once: the server refuses it. */
export function undoOf(name: string, cases = 1): Undo {
  if (!isCaseCommand(name)) return 'irrevocable';
  const { undo, undoOfMany }: Pick<CommandDefinition<z.ZodType>, 'undo' | 'undoOfMany'> = caseCommands[name];
  return cases > 1 && undoOfMany !== undefined ? undoOfMany : undo;
}

/** What a command has to be told of its case beside the row itself. Of a name nobody knows: nothing. */
export function needsOf(name: string): readonly CommandNeed[] {
  if (!isCaseCommand(name)) return [];
  const { needs }: Pick<CommandDefinition<z.ZodType>, 'needs'> = caseCommands[name];
  return needs ?? [];
}

/** Ids that a command names. */
export interface References {
  personIds: string[];
  villageCodes: string[];
  departmentIds: string[];
  campaignIds: string[];
  caseIds: string[];
}

const isText = (value: unknown): value is string => typeof value === 'string';
const texts = (value: unknown): string[] => (isText(value) ? [value] : []);
const lists = (value: unknown): string[] => (Array.isArray(value) && value.every(isText) ? value : []);

/** Ids that a command names, so that whoever applies it can load them first. Tolerates malformed arguments. */
export function referencesOf(args: unknown): References {
  const named: Partial<Record<string, unknown>> = Object(args);
  const { recipientIds } = named;
  return {
    personIds: [...lists(recipientIds), ...texts(named.personId)],
    villageCodes: texts(named.villageCode),
    departmentIds: texts(named.departmentId),
    campaignIds: [...texts(named.campaignId), ...lists(named.campaigns)],
    caseIds: texts(named.intoId),
  };
}
