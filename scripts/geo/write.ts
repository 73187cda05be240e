import { writeFileSync } from 'node:fs';
import type { GeoRegister } from '../../shared/geo/register.ts';
import { isCounterClockwise, type Ring, toDegrees } from './grid.ts';

export interface Area {
  properties: Record<string, unknown>;
  rings: Ring[];
  largest: Ring;
}

const closed = (ring: Ring): number[][] => {
  const line = ring.map(([x, y]) => [toDegrees(x), toDegrees(y)]);
  return [...line, line[0] as number[]];
};

/** One feature a line: small, and a change of one area is one changed line. Holes do not occur; a reader would notice. */
export function writeAreas(file: URL, areas: readonly Area[]): void {
  const features = areas.map(({ properties, rings }) => {
    if (!rings.every(isCounterClockwise)) throw new Error(`${String(properties.name)}: an area with a hole`);
    const polygons = rings.map((ring) => [closed(ring)]);
    const geometry =
      polygons.length === 1
        ? { type: 'Polygon', coordinates: polygons[0] }
        : { type: 'MultiPolygon', coordinates: polygons };
    return JSON.stringify({ type: 'Feature', properties, geometry });
  });
  writeFileSync(file, `{"type":"FeatureCollection","features":[\n${features.join(',\n')}\n]}\n`);
}

/** The neighbouring districts as one backdrop feature; islands too small to see are dropped. */
export function writeSurroundings(file: URL, polygons: readonly [number, number][][][]): void {
  const coordinates = polygons.filter((polygon) => (polygon[0]?.length ?? 0) > 12);
  const feature = { type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates } };
  writeFileSync(file, `{"type":"FeatureCollection","features":[\n${JSON.stringify(feature)}\n]}\n`);
}

export function writeRegister(file: URL, register: GeoRegister): void {
  const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).join(',\n');
  writeFileSync(file, `{"towns":[\n${lines(register.towns)}\n],\n"villages":[\n${lines(register.villages)}\n]}\n`);
}
