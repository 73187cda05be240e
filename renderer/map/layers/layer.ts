/** A MapLibre expression: plain data. Checked by the map's own style validation when it starts. */
export type Expression = readonly [string, ...unknown[]];

/** A style layer as plain data, so that only the controller needs to know the map library. */
export interface MapLayer {
  id: string;
  type: 'background' | 'fill' | 'line' | 'circle' | 'symbol';
  source?: string;
  filter?: Expression;
  layout?: Record<string, unknown>;
  paint?: Record<string, unknown>;
}
