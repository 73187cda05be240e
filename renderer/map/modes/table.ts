import { countyMode } from './county.ts';
import type { MapLevel, MapMode } from './mode.ts';
import { townMode } from './town.ts';
import { villageMode } from './village.ts';

/** One mode a level; a level without one does not compile. */
export const modes: Record<MapLevel, MapMode> = { county: countyMode, town: townMode, village: villageMode };
