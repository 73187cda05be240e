import { type MapMode, townOfVillage } from './mode.ts';

/** One town: its villages carry values, the other towns stay plain and named, and a click on one changes over to it. */
export const townMode: MapMode = {
  openTown: (scope) => scope.code,
  target: (scope, place) =>
    place.townCode === scope.code
      ? { level: 'village', code: place.villageCode }
      : { level: 'town', code: place.townCode },
  labels: (scope, all) => {
    const own = all.villageCodes.filter((code) => townOfVillage(code) === scope.code);
    return { valued: own, named: all.townCodes.filter((code) => code !== scope.code), colored: own };
  },
};
