import type { MapTokens } from '../theme.ts';
import type { MapLayer } from './layer.ts';

/** What lies under the areas that carry values. */
export function groundLayers(tokens: MapTokens): MapLayer[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': tokens.sea } },
    { id: 'around', type: 'fill', source: 'surroundings', paint: { 'fill-color': tokens.around } },
    { id: 'land', type: 'fill', source: 'county', paint: { 'fill-color': tokens.land } },
  ];
}
