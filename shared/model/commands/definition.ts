import type { z } from 'zod';
import type { Case } from '../case.ts';
import type { Role } from '../codes.ts';
import type { CommandContext, CommandNeed, Outcome } from '../effects.ts';
import { refusalOfOpen, refuse } from './outcomes.ts';

/** How long a command that can be taken back waits on its workstation before it leaves, s. */
export const undoSeconds = 10;

/** For so long it can be taken back; or not at all, because a message or a call cannot be unsent: the desk says so before. */
export type Undo = { seconds: number } | 'irrevocable';

/** One user intent on one case: its arguments, who may do it, whether it can be taken back, and its transition rule. */
export interface CommandDefinition<A extends z.ZodType> {
  args: A;
  roles: readonly Role[];
  undo: Undo;
  /** The same for several cases at once, where it differs: a wrong choice among many is soon made and not soon seen. */
  undoOfMany?: Undo;
  /** What it asks for beside its case and the rows its arguments name. */
  needs?: readonly CommandNeed[];
  apply(before: Case, args: z.infer<A>, context: CommandContext): Outcome;
  /** Makes its case: what it does where there is none yet. Any other command is refused there. */
  begins?(args: z.infer<A>, context: CommandContext): Outcome;
}

export function defineCommand<A extends z.ZodType>(definition: CommandDefinition<A>): CommandDefinition<A> {
  return definition;
}

/** A step of a case that is still open: refused on any other, and mended by a further step where it was wrong. */
export function defineStep<A extends z.ZodType>(step: Omit<CommandDefinition<A>, 'undo'>): CommandDefinition<A> {
  return {
    ...step,
    undo: { seconds: undoSeconds },
    apply(before, args, context) {
      const refusal = refusalOfOpen(before);
      return refusal ? refuse(refusal) : step.apply(before, args, context);
    },
  };
}
