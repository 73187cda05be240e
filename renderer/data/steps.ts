import { type CommandArgs, commands } from '../../shared/ipc/contract.ts';
import type { CaseCommandArgs } from '../../shared/model/commands/registry.ts';

/** A step of the closed loop: what the door `give` takes. */
export type StepName = CommandArgs<'give'>['name'];
export function isStep(name: string): name is StepName {
  return commands.give.args.shape.name.safeParse(name).success;
}
export type StepArgs<N extends StepName> = CaseCommandArgs<N>;

/** At most so many cases in one step: one transaction of the replica. */
export const stepLimit = 500;

/**
 * Single keys of the steps, on the focused, open or chosen cases. Of several names the first that the rules allow now is meant: S is 签收, and 到场 once it
 * is accepted. Keys of the queue itself (J K D U X) and of the shell stand where they are registered.
 */
export const stepKeys = {
  s: ['acceptCase', 'arriveOnScene'],
  e: ['recordAction'],
  f: ['resolveCase'],
  b: ['closeCase'],
  h: ['callBack'],
  r: ['markRisk'],
  y: ['decideExtension', 'askExtension'],
  t: ['dispatchByHand', 'transferCase'],
  z: ['tagCampaign'],
  p: ['setPetitionBatch'],
  v: ['voidCase'],
  o: ['recordConsultation'],
  g: ['escalateCase'],
  'Shift+g': ['returnEscalation'],
  a: ['returnAssignment', 'assignCase'],
  m: ['unmergeCase', 'mergeCase'],
} as const satisfies Readonly<Record<string, readonly StepName[]>>;

/** The key that begins a step; null: by the menu only. */
export function keyOfStep(name: StepName): string | null {
  const found = Object.entries<readonly StepName[]>(stepKeys).find(([, names]) => names.includes(name));
  return found?.[0] ?? null;
}

/** Steps that name a record of their one case: never given to many. */
export const oneByOne: ReadonlySet<StepName> = new Set(['decideExtension', 'returnEscalation', 'returnAssignment']);

/** Steps that want nothing typed and nothing chosen: they go at once, and can be taken back. */
export const atOnce: ReadonlySet<StepName> = new Set(['acceptCase', 'arriveOnScene']);
