import type { StepKind } from './plan.ts';
import type { Chance } from './random.ts';
import { serverSteps } from './steps-elsewhere.ts';
import { faultSteps } from './steps-faults.ts';
import { operatorSteps } from './steps-operators.ts';
import type { World } from './world.ts';

/** What each kind of step does; all it draws comes from the chance it is given. */
export const steps: Readonly<Record<StepKind, (world: World, chance: Chance) => void>> = {
  ...operatorSteps,
  ...serverSteps,
  ...faultSteps,
};
