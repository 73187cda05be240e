import { Chance } from './random.ts';

/** What may happen in a step, and how often. Operators work most of the time. */
const weights = {
  give: 52,
  takeBack: 4,
  settle: 3,
  casesElsewhere: 5,
  messageElsewhere: 3,
  retitledElsewhere: 3.5,
  closedElsewhere: 1.5,
  caseGone: 0.7,
  caseMoves: 1.2,
  partition: 7,
  weather: 4.5,
  kill: 3,
  killAtWrite: 4,
  powerCut: 3,
  diskFull: 1.5,
  ioError: 1.5,
  clockJump: 2.5,
  serverClockJump: 1,
  serverRestart: 2.5,
  serverKill: 1.5,
  backup: 2.5,
  rollback: 1.7,
  rollbackUnnamed: 0.8,
  choke: 2.5,
  permission: 1,
  growth: 0.6,
  damage: 0.3,
} as const;
export type StepKind = keyof typeof weights;

export interface Step {
  n: number;
  kind: StepKind;
  /** Virtual time that passes after it, ms. */
  waitMs: number;
  /** What must hold at any moment is looked at after it. */
  check: boolean;
}

export interface Plan {
  seed: number;
  cases: number;
  desks: number;
  /** Virtual time before the first step, ms. */
  firstWaitMs: number;
  /** A command of each desk that the server chokes on in fair weather, before the end: nothing else may wait for it. */
  poison: boolean;
  steps: Step[];
}

const setup = -1;

/** The whole schedule of a seed. Each step draws from a stream of its own, so that `keep` leaves steps out and the others as they are. */
export function planOf(seed: number, keep: ReadonlySet<number> | null = null): Plan {
  const chance = Chance.of(seed, setup);
  const plan = {
    seed,
    cases: chance.between(20, 40),
    desks: chance.between(2, 3),
    // Usually the desks have their data before it begins; sometimes the first sync is in the middle of it.
    firstWaitMs: chance.pick([20, 5000, 20_000]),
    poison: chance.hits(0.25),
  };
  const steps = Array.from({ length: chance.between(30, 60) }, (_, n) => ({
    n,
    kind: chance.weighted(weights),
    waitMs: chance.pick([0, 5, 50, 400, 3000, 9000]),
    check: chance.hits(0.3),
  }));
  return { ...plan, steps: keep ? steps.filter(({ n }) => keep.has(n)) : steps };
}
