import { Chance } from '../simulator/random.ts';

export type CommandName =
  | 'urgeResponsibles'
  | 'startCall'
  | 'recordAction'
  | 'acceptCase'
  | 'arriveOnScene'
  | 'closeCase';

/** What happens in a run, each step `pause` ms after the one before. `desk` and `one` are numbers of a desk and of a case of this run. */
export type Step = { pause: number } & (
  | { what: 'give'; desk: number; one: number; name: CommandName; person: number; takenBack: boolean }
  | { what: 'elsewhere'; one: number; name: CommandName; person: number }
  | { what: 'storm' | 'partition' | 'calm'; desk: number }
  | { what: 'killDesk'; desk: number; when: 'now' | 'acknowledged' | 'sending'; downMs: number }
  | { what: 'killCentral'; when: 'now' | 'sending'; downMs: number }
);
export interface Plan {
  seed: number;
  desks: 1 | 2;
  delayMs: number;
  steps: Step[];
}

export const casesARun = 3;
const weights = { give: 15, elsewhere: 3, storm: 6, partition: 1.5, calm: 1.5, killDesk: 2 };
const names = {
  urgeResponsibles: 8,
  startCall: 8,
  recordAction: 6,
  acceptCase: 3,
  arriveOnScene: 2,
  closeCase: 1.5,
} satisfies Record<CommandName, number>;
/** What another operator does that makes commands on their way fail. */
const namesElsewhere = { ...names, acceptCase: 8, closeCase: 6 };

/** The seed gives all of it; every tenth seed kills the central server too. */
export function planOf(seed: number): Plan {
  const chance = Chance.of(seed, 0);
  const desks = chance.hits(0.6) ? 2 : 1;
  const steps = Array.from({ length: chance.between(12, 24) }, () => draw(chance, desks));
  // Something is under way before anything is killed.
  const first = { what: 'storm', pause: 0, desk: 0 } as const;
  if (seed % 10 === 0) {
    const when = chance.pick(['now', 'sending'] as const);
    steps.splice(chance.between(2, 6), 0, { what: 'killCentral', pause: 20, when, downMs: chance.between(0, 300) });
  }
  return { seed, desks, delayMs: chance.between(50, 600), steps: chance.hits(0.5) ? [first, ...steps] : steps };
}

function draw(chance: Chance, desks: number): Step {
  const pause = chance.between(5, 110);
  const desk = chance.between(0, desks - 1);
  const one = chance.between(0, casesARun - 1);
  const person = chance.between(0, 7);
  const what = chance.weighted(weights);
  switch (what) {
    case 'give': {
      const name = chance.weighted(names);
      const revocable = name !== 'urgeResponsibles' && name !== 'startCall';
      return { what, pause, desk, one, name, person, takenBack: revocable && chance.hits(0.15) };
    }
    case 'elsewhere':
      return { what, pause, one, person, name: chance.weighted(namesElsewhere) };
    case 'storm':
    case 'partition':
    case 'calm':
      return { what, pause, desk };
    case 'killDesk': {
      const when = chance.pick(['now', 'acknowledged', 'sending'] as const);
      return { what, pause, desk, when, downMs: chance.between(0, 400) };
    }
    default:
      return what satisfies never;
  }
}
