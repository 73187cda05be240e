import type { MapTokens } from '../theme.ts';
import type { Expression, MapLayer } from './layer.ts';

/** State of an area on the map: `color` indexes the ramp, -1 is no data; absent shows plain land. */
export interface AreaState {
  color?: number;
  hover?: boolean;
  selected?: boolean;
}

const color: Expression = ['coalesce', ['feature-state', 'color'], -2];

function areaFill(level: 'towns' | 'villages', tokens: MapTokens): MapLayer[] {
  const [c0, c1, c2, c3, c4] = tokens.ramp;
  return [
    {
      id: level,
      type: 'fill',
      source: level,
      paint: {
        'fill-color': ['match', color, 0, c0, 1, c1, 2, c2, 3, c3, 4, c4, tokens.land],
        'fill-antialias': true,
      },
    },
    {
      id: `${level}-hatch`,
      type: 'fill',
      source: level,
      paint: { 'fill-pattern': 'hatch', 'fill-opacity': ['case', ['==', color, -1], 1, 0] },
    },
  ];
}

/** Filled areas of both levels; recoloured by feature state, never by new data. Villages lie over their towns. */
export function areaLayers(tokens: MapTokens): MapLayer[] {
  return [...areaFill('towns', tokens), ...areaFill('villages', tokens)];
}
