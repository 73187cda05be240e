import type { Bbox } from '../../shared/geo/bbox.ts';
import type { AreaValue } from './area-paint.ts';
import type { Breaks } from './classes.ts';
import type { GeoData } from './geo-data.ts';
import type { MapScope } from './modes/mode.ts';
import type { MapTheme } from './theme.ts';

/** The map goes no nearer. */
export const nearestZoom = 17;

export interface Padding {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** Values of the areas just below `scope`; for a village, those of all villages of its town. They are shown only while the map looks at that scope, never under another. */
export interface AreaData {
  scope: MapScope;
  values: ReadonlyMap<string, AreaValue>;
  breaks: Breaks;
  /** Counts are discs that grow with the count, rates are pills. */
  kind: 'count' | 'rate';
}

export interface MapEvents {
  /** A click on an area or its label, or Enter on the label: the place to go to. */
  areaClick: MapScope;
  /** The area under the cursor, with the cursor in pixels of the map; null when it leaves all areas. */
  areaHover: { scope: MapScope; x: number; y: number } | null;
  clusterClick: { clusterId: number; count: number; lng: number; lat: number };
  pointClick: { caseId: string };
  /** The map came to rest at another place: what to ask clusters for. Degrees; zoom of 512-pixel tiles. */
  viewport: { bbox: Bbox; zoom: number };
  /** A frame was drawn; unless `idle` follows at once, more are to come. */
  drawn: undefined;
  /** Everything that was asked for is drawn. */
  idle: undefined;
  /** The map could not start. */
  failed: { message: string };
}

export interface MapOptions {
  geo: GeoData;
  theme: MapTheme;
  scope: MapScope;
  padding: Padding;
  /** Name of the map for those who hear the screen. */
  label: string;
}
