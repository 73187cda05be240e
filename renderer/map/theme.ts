/** Colours of the map, one set a theme. The map draws on a canvas and cannot read CSS variables, so they stand here. */
export interface MapTokens {
  /** Ground outside everything. */
  sea: string;
  /** Neighbouring districts. */
  around: string;
  /** An area that shows no value at this level. */
  land: string;
  /** Class colours, low to high. */
  ramp: readonly [string, string, string, string, string];
  /** Stripes of an area without data. */
  hatch: string;
  border: string;
  countyBorder: string;
  label: string;
  halo: string;
  accent: string;
  plane: string;
  text: string;
  overdue: string;
  onOverdue: string;
  risk: string;
  ok: string;
}

export type MapTheme = 'dark' | 'light';

export const mapTokens: Record<MapTheme, MapTokens> = {
  dark: {
    sea: '#0e1216',
    around: '#141a20',
    land: '#171e26',
    ramp: ['#1b2733', '#21394d', '#285373', '#31729f', '#4296cf'],
    hatch: '#46535f',
    border: '#0e1216',
    countyBorder: '#6d7a88',
    label: '#dfe7ef',
    halo: '#10151b',
    accent: '#4c9aff',
    plane: '#161b22',
    text: '#e6eaef',
    overdue: '#ff6b5e',
    onOverdue: '#11151a',
    risk: '#d58cff',
    ok: '#4fb58a',
  },
  light: {
    sea: '#e7ecf0',
    around: '#dde4ea',
    land: '#f6f8fa',
    ramp: ['#eaf1f7', '#cfe0ee', '#a6c8e1', '#6fa6cc', '#3a7eb0'],
    hatch: '#9fb0bf',
    border: '#ffffff',
    countyBorder: '#84919e',
    label: '#1c2733',
    halo: '#ffffff',
    accent: '#1f6fd6',
    plane: '#ffffff',
    text: '#18202a',
    overdue: '#c9372c',
    onOverdue: '#ffffff',
    risk: '#7a3fb0',
    ok: '#1d7f57',
  },
};

/** The tokens as CSS variables, for the labels and the legend that are drawn as elements over the canvas. */
export function cssVariables(theme: MapTheme): Record<`--map-${string}`, string> {
  const tokens = mapTokens[theme];
  return {
    '--map-label': tokens.label,
    '--map-halo': tokens.halo,
    '--map-plane': tokens.plane,
    '--map-text': tokens.text,
    '--map-accent': tokens.accent,
    '--map-overdue': tokens.overdue,
    '--map-on-overdue': tokens.onOverdue,
    '--map-hatch': tokens.hatch,
    '--map-land': tokens.land,
    '--map-line': tokens.countyBorder,
  };
}
