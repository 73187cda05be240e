import type { z } from 'zod';
import type { Case } from '../case.ts';
import type { Role } from '../codes.ts';
import type { CommandContext, Outcome } from '../effects.ts';

/** One user intent on one case: its arguments, who may do it, whether it can be taken back, and its transition rule. */
export interface CommandDefinition<A extends z.ZodType> {
  args: A;
  roles: readonly Role[];
  /** A message or a call cannot be unsent: the desk says so before. */
  irrevocable: boolean;
  apply(before: Case, args: z.infer<A>, context: CommandContext): Outcome;
}

export function defineCommand<A extends z.ZodType>(definition: CommandDefinition<A>): CommandDefinition<A> {
  return definition;
}
