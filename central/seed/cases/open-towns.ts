import type { Prng } from '../prng.ts';
import type { Place } from '../register/places.ts';
import type { PlanContext } from './plan.ts';
import { openByTown, overdueByTown } from './weights.ts';

/** Places for the 193 cases that stand open in a known village at the anchor, overdue ones apart, in the order to be given out. */
export interface OpenPlaces {
  overdue: Place[];
  other: Place[];
}

/** Spreads the open cases over the towns as the desk shows them, and inside a town by the weight of its villages. */
export function openPlaces(context: PlanContext, prng: Prng): OpenPlaces {
  const draw = (counts: readonly number[]) =>
    prng.shuffle(
      context.county.towns.flatMap((town, n) =>
        Array.from({ length: counts[n] ?? 0 }, () => context.inTown.get(town.code)?.draw(prng) as Place),
      ),
    );
  return {
    overdue: draw(overdueByTown),
    other: draw(openByTown.map((open, n) => open - (overdueByTown[n] ?? 0))),
  };
}

/** Takes a place of the same town out of the list, because a drawn example stands there. */
export function takeTown(places: Place[], townCode: string): void {
  const index = places.findIndex((place) => place.townCode === townCode);
  places.splice(index < 0 ? places.length - 1 : index, 1);
}
