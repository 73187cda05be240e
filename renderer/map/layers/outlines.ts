import type { MapTokens } from '../theme.ts';
import type { Expression, MapLayer } from './layer.ts';

const on = (state: 'hover' | 'selected'): Expression => ['boolean', ['feature-state', state], false];

function marks(level: 'towns' | 'villages', tokens: MapTokens): MapLayer[] {
  return [
    {
      id: `${level}-mark`,
      type: 'line',
      source: level,
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': ['case', on('selected'), tokens.accent, tokens.label],
        'line-width': ['case', on('selected'), 2.4, 1.4],
        'line-opacity': ['case', ['any', on('selected'), on('hover')], 1, 0],
      },
    },
  ];
}

/** Borders, thin to thick, and over them the marks of the area under the cursor and of the chosen ones. */
export function outlineLayers(tokens: MapTokens): MapLayer[] {
  return [
    {
      id: 'village-border',
      type: 'line',
      source: 'villages',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': tokens.border, 'line-width': 0.8 },
    },
    {
      id: 'town-border',
      type: 'line',
      source: 'towns',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': tokens.border, 'line-width': 1.4 },
    },
    {
      id: 'county-border',
      type: 'line',
      source: 'county',
      layout: { 'line-join': 'round' },
      paint: { 'line-color': tokens.countyBorder, 'line-width': 1.4 },
    },
    ...marks('towns', tokens),
    ...marks('villages', tokens),
  ];
}
