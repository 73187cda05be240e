import { type MapMode, townOfVillage } from './mode.ts';
import { townMode } from './town.ts';

/** One village among its neighbours of the same town; only it is coloured, and the cases themselves are the points over it. */
export const villageMode: MapMode = {
  openTown: (scope) => townOfVillage(scope.code),
  target: (scope, place) => townMode.target({ level: 'town', code: townOfVillage(scope.code) }, place),
  labels: (scope, all) => ({
    valued: [],
    named: all.villageCodes.filter((code) => townOfVillage(code) === townOfVillage(scope.code)),
    colored: [scope.code],
  }),
};
