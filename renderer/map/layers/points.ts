import type { MapTokens } from '../theme.ts';
import type { Expression, MapLayer } from './layer.ts';

/** CSS font list of text on the canvas: the style has no glyphs, so it is drawn with the page's fonts. */
const font = ['Noto Sans SC', 'Noto Sans CJK SC', 'Noto Sans SC Variable', 'sans-serif'];
const cluster: Expression = ['has', 'clusterId'];

/** Clusters with their counts and overdue badges, and single cases as a shape for each state. */
export function pointLayers(tokens: MapTokens): MapLayer[] {
  return [
    {
      id: 'clusters',
      type: 'circle',
      source: 'cases',
      filter: cluster,
      paint: {
        'circle-radius': ['get', 'radius'],
        'circle-color': tokens.plane,
        'circle-opacity': 0.94,
        'circle-stroke-color': tokens.label,
        'circle-stroke-width': 1.2,
      },
    },
    {
      id: 'cluster-counts',
      type: 'symbol',
      source: 'cases',
      filter: cluster,
      layout: {
        'text-field': ['get', 'text'],
        'text-font': font,
        'text-size': 12,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': tokens.text },
    },
    {
      id: 'cluster-badges',
      type: 'symbol',
      source: 'cases',
      filter: ['all', cluster, ['>', ['get', 'overdue'], 0]],
      layout: {
        'icon-image': 'badge',
        'icon-text-fit': 'both',
        'icon-text-fit-padding': [0, 3, 0, 3],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'text-field': ['get', 'overdueText'],
        'text-font': font,
        'text-size': 10.5,
        'text-offset': ['get', 'badgeOffset'],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': tokens.onOverdue },
    },
    {
      id: 'points',
      type: 'symbol',
      source: 'cases',
      filter: ['!', cluster],
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'overdue'],
      },
    },
  ];
}
