import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AreaCollection, type AreaFeature, type LinearRing, polygonsOf } from '../../shared/geo/area.ts';
import { bboxOf } from '../../shared/geo/bbox.ts';
import { createVillageLocator } from '../../shared/geo/locate-village.ts';
import { pointInArea } from '../../shared/geo/point-in-polygon.ts';
import type { GeoRegister } from '../../shared/geo/register.ts';

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../resources/geo/${name}`, import.meta.url), 'utf8')) as T;
type Code = { code: string };
const county = read<AreaCollection>('county.geojson').features[0] as AreaFeature;
const towns = read<AreaCollection<Code & { seat: [number, number] }>>('towns.geojson').features;
const villageFile =
  read<AreaCollection<Code & { townCode: string; labelLng: number; labelLat: number }>>('villages.geojson');
const villages = villageFile.features;
const register = read<GeoRegister>('register.json');
const locate = createVillageLocator(villageFile);
const holding = (areas: readonly AreaFeature[], lng: number, lat: number) =>
  areas.filter((area) => pointInArea(area.geometry, lng, lat)).map((area) => area.properties.code);

/** Twice the area in square units of 1e-5 degree: exact integers. */
function doubleArea(area: AreaFeature): number {
  const units = (ring: LinearRing) => ring.map(([x = 0, y = 0]) => [Math.round(x * 1e5), Math.round(y * 1e5)] as const);
  let sum = 0;
  for (const rings of polygonsOf(area.geometry))
    for (const ring of rings) {
      const line = units(ring);
      const [ox, oy] = line[0] ?? [0, 0];
      for (let i = 1; i < line.length; i += 1) {
        const [ax, ay] = line[i - 1] as readonly [number, number];
        const [bx, by] = line[i] as readonly [number, number];
        sum += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy);
      }
    }
  return sum;
}
const total = (areas: readonly AreaFeature[]) => areas.reduce((sum, area) => sum + doubleArea(area), 0);

describe('the schematic county', () => {
  it('holds the whole register: 18 towns and 327 villages, each with its area', () => {
    expect(towns.map((t) => t.properties.code)).toEqual(register.towns.map((t) => t.code));
    expect(villages.map((v) => v.properties.code)).toEqual(register.villages.map((v) => v.code));
    expect([towns.length, villages.length]).toEqual([18, 327]);
    for (const village of register.villages) expect(village.code.startsWith(village.townCode)).toBe(true);
    expect(new Set(register.villages.map((v) => v.townCode + v.name)).size).toBe(327);
  });

  it('is covered by its towns, and each town by its villages, without a gap or an overlap', () => {
    expect(total(towns)).toBe(doubleArea(county));
    for (const town of towns)
      expect(total(villages.filter((v) => v.properties.townCode === town.properties.code))).toBe(doubleArea(town));
  });

  it('gives villages of one town similar sizes', () => {
    for (const town of towns) {
      const sizes = villages.filter((v) => v.properties.townCode === town.properties.code).map(doubleArea);
      expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(3);
    }
  });

  it('places any point of the county in exactly one village, whose town is the one that holds the point', () => {
    const [west, south, east, north] = bboxOf(county.geometry);
    const between = (low: number, high: number) => fc.double({ min: low, max: high, noNaN: true });
    fc.assert(
      fc.property(between(west, east), between(south, north), (lng, lat) => {
        const found = holding(villages, lng, lat);
        if (!pointInArea(county.geometry, lng, lat)) return found.length === 0 && locate(lng, lat) === null;
        expect(found).toEqual([locate(lng, lat)]);
        const village = villages.find((v) => v.properties.code === found[0]);
        expect(holding(towns, lng, lat)).toEqual([village?.properties.townCode]);
        return true;
      }),
      { numRuns: 400, seed: 20230821 },
    );
  });

  it('places a point on a border in no more than one village, and in exactly one where two share it', () => {
    const seen = new Map<string, number>();
    const edges: (readonly [number, number, number, number])[] = [];
    for (const village of villages)
      for (const ring of polygonsOf(village.geometry).flat())
        for (let i = 1; i < ring.length; i += 1) {
          const ends = [ring[i - 1] as number[], ring[i] as number[]];
          const key = ends.map(String).sort().join(' ');
          seen.set(key, (seen.get(key) ?? 0) + 1);
          if (seen.get(key) === 2) edges.push([...(ends[0] as [number, number]), ...(ends[1] as [number, number])]);
        }
    expect(edges.length).toBeGreaterThan(500);
    fc.assert(
      fc.property(fc.constantFrom(...edges), fc.constantFrom(0, 0.25, 0.5, 0.75), ([ax, ay, bx, by], part) => {
        const [lng, lat] = [ax + (bx - ax) * part, ay + (by - ay) * part];
        const found = holding(villages, lng, lat);
        // A corner on the county's outline may fall to nobody; anything between two corners falls to one.
        return part === 0 ? found.length <= 1 : found.length === 1;
      }),
      { numRuns: 400, seed: 20230821 },
    );
    for (const count of seen.values()) expect(count).toBeLessThanOrEqual(2);
  });

  it('keeps every seat and every label inside its own area', () => {
    for (const town of towns) expect(pointInArea(town.geometry, ...town.properties.seat)).toBe(true);
    for (const { code, lng, lat } of register.towns) expect(holding(towns, lng, lat)).toEqual([code]);
    for (const { code, lng, lat } of register.villages) expect(locate(lng, lat)).toBe(code);
  });

  it('answers null for a point outside the county and for no number at all', () => {
    expect(locate(119.3, 26.08)).toBeNull();
    expect(locate(Number.NaN, 25.4)).toBeNull();
  });
});
