import type { AreaValue } from '../area-paint.ts';
import type { GeoData } from '../geo-data.ts';
import type { AreaLabel } from './overlay.ts';

/** Labels for areas: those of `valued` with their values where there are any, those of `named` with their names alone. */
export function areaLabels(
  geo: Pick<GeoData, 'areas'>,
  values: ReadonlyMap<string, AreaValue>,
  valued: readonly string[],
  named: readonly string[],
  kind: 'count' | 'rate',
): AreaLabel[] {
  const largest = Math.max(1, ...valued.map((code) => values.get(code)?.value ?? 0));
  const label = (code: string, withValue: boolean): AreaLabel[] => {
    const area = geo.areas.get(code);
    if (area === undefined) return [];
    const value = withValue ? values.get(code) : undefined;
    return [
      {
        code,
        name: area.name,
        lng: area.labelLng,
        lat: area.labelLat,
        text: value?.text ?? null,
        // Discs grow with counts; rates are pills of one size.
        share: kind === 'rate' ? 0 : Math.sqrt(Math.max(0, value?.value ?? 0) / largest),
        rank: value === undefined ? -1 : (value.value ?? 0) / largest,
        badge: value?.badge ?? 0,
        description: values.get(code)?.description ?? area.name,
      },
    ];
  };
  return [...valued.flatMap((code) => label(code, true)), ...named.flatMap((code) => label(code, false))];
}
