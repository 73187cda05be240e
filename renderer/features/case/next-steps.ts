import { choose, type Known, type StepRefusal, type Surroundings } from '../../data/step-rules.ts';
import { type StepName, stepKeys } from '../../data/steps.ts';

export interface BarStep {
  key: string;
  name: StepName;
  /** Why it cannot be given now. */
  refusal: StepRefusal | null;
}

/** What usually comes next, the most pressing first: somebody waits for a decision, a village, an acceptance … */
const pressing: readonly StepName[] = [
  'decideExtension',
  'dispatchByHand',
  'acceptCase',
  'arriveOnScene',
  'recordAction',
  'resolveCase',
  'closeCase',
  'callBack',
];
const shown = 4;

/** The steps of a case: those that come next and can be given, and all others in the order of the keys, each with what stands in its way. */
export function stepsOf(known: Known, around: Surroundings): { next: BarStep[]; rest: BarStep[] } {
  const all = Object.entries<readonly StepName[]>(stepKeys).flatMap(([key, names]) => {
    const meant = choose(names, [known], around);
    return meant === null ? [] : [{ key, ...meant }];
  });
  const next = pressing
    .flatMap((name) => all.filter((step) => step.name === name && step.refusal === null))
    .slice(0, shown);
  return { next, rest: all.filter((step) => !next.includes(step)) };
}
