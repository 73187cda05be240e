import { type MapMode, townOfVillage } from './mode.ts';
import { townMode } from './town.ts';

/** One village among its neighbours of the same town, all coloured as before so that it can be compared; the cases themselves lie over it as points. */
export const villageMode: MapMode = {
  openTown: (scope) => townOfVillage(scope.code),
  target: (scope, place) => townMode.target({ level: 'town', code: townOfVillage(scope.code) }, place),
  labels: (scope, all) => {
    const own = all.villageCodes.filter((code) => townOfVillage(code) === townOfVillage(scope.code));
    return { valued: [], named: own, colored: own };
  },
};
