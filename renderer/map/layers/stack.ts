import type { MapTokens } from '../theme.ts';
import { areaLayers } from './areas.ts';
import { groundLayers } from './ground.ts';
import type { MapLayer } from './layer.ts';
import { outlineLayers } from './outlines.ts';
import { pointLayers } from './points.ts';

/** Every layer, bottom to top. A theme changes colours only, never ids or order. */
export function layerStack(tokens: MapTokens): MapLayer[] {
  return [...groundLayers(tokens), ...areaLayers(tokens), ...outlineLayers(tokens), ...pointLayers(tokens)];
}
