/** Level of the place the map looks at; the same words as the scope of a filter. */
export type MapLevel = 'county' | 'town' | 'village';

export interface MapScope {
  level: MapLevel;
  code: string;
}

/** A place under the cursor: the village whose area holds it, and that village's town. */
export interface Place {
  villageCode: string;
  townCode: string;
}

/** What one level of the drill shows and how it answers. */
export interface MapMode {
  /** The town whose villages are drawn; null for none. */
  openTown(scope: MapScope): string | null;
  /** The area that a click or the cursor at a place means. */
  target(scope: MapScope, place: Place): MapScope;
  /** Areas that get a label with their value, and areas that get their name only. */
  labels(
    scope: MapScope,
    all: { townCodes: readonly string[]; villageCodes: readonly string[] },
  ): {
    valued: readonly string[];
    named: readonly string[];
    /** Areas that are coloured by their values. */
    colored: readonly string[];
  };
}

/** Codes nest: a village's begins with its town's nine digits. */
export const townOfVillage = (villageCode: string): string => villageCode.slice(0, 9);
