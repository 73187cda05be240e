import type { MapMode } from './mode.ts';

/** The whole county: eighteen towns with values, a click goes into one. */
export const countyMode: MapMode = {
  openTown: () => null,
  target: (_scope, place) => ({ level: 'town', code: place.townCode }),
  labels: (_scope, all) => ({ valued: all.townCodes, named: [], colored: all.townCodes }),
};
