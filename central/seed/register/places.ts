import { readFileSync } from 'node:fs';
import { type AreaCollection, polygonsOf } from '../../../shared/geo/area.ts';
import type { GeoRegister, RegisterTown, RegisterVillage } from '../../../shared/geo/register.ts';
import type { Prng } from '../prng.ts';

/** A village with what the generator needs to know of its place. */
export interface Place extends RegisterVillage {
  town: RegisterTown;
  /** Its share of its town's cases, an integer. */
  weight: number;
  /** Radius about its seat that stays inside its schematic area, millionths of a degree of latitude. */
  reach: number;
  /** 梅塘村 → 梅塘: the name as people say it. */
  short: string;
}

export interface County {
  towns: RegisterTown[];
  places: Place[];
  byCode: ReadonlyMap<string, Place>;
  byTown: ReadonlyMap<string, Place[]>;
}

function readGeo<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../../resources/geo/${name}`, import.meta.url), 'utf8')) as T;
}

/** cos(25.4°) in thousandths: a degree of longitude against one of latitude here. */
const lngScale = 0.903;

/** The real register of 18 towns and 327 villages. Weights of villages come from the generator, so they are the same for a seed. */
export function countyOf(prng: Prng): County {
  const register = readGeo<GeoRegister>('register.json');
  const reaches = reachesOf(register, readGeo<AreaCollection>('villages.geojson'));
  const towns = new Map(register.towns.map((town) => [town.code, town]));
  const places = register.villages.map((village) => {
    const town = towns.get(village.townCode) as RegisterTown;
    // Communities hold more people, and each place has its own temper: a few give many cases, most give some.
    const weight = (village.kind === 'community' ? 90 : 60) + prng.below(120) + (prng.chance(120) ? 120 : 0);
    const short = village.name.replace(/(社区|村)$/, '');
    return { ...village, town, weight, reach: reaches.get(village.code) ?? 0, short };
  });
  const byTown = new Map(register.towns.map((town) => [town.code, places.filter((p) => p.townCode === town.code)]));
  return { towns: register.towns, places, byCode: new Map(places.map((place) => [place.code, place])), byTown };
}

/** How far from each seat the nearest border is; 9 tenths of it, so that a point on the circle is still clearly inside. */
function reachesOf(register: GeoRegister, areas: AreaCollection): Map<string, number> {
  const seats = new Map(register.villages.map((village) => [village.code, village]));
  const reaches = new Map<string, number>();
  for (const { properties, geometry } of areas.features) {
    const seat = seats.get(properties.code);
    if (!seat) continue;
    let nearest = Number.POSITIVE_INFINITY;
    for (const ring of polygonsOf(geometry).flat())
      for (let i = 1; i < ring.length; i += 1)
        nearest = Math.min(nearest, distance(seat, ring[i - 1] as readonly number[], ring[i] as readonly number[]));
    reaches.set(properties.code, Math.floor(nearest * 900_000));
  }
  return reaches;
}

/** Distance of the seat to the line a–b, degrees of latitude. Square roots and products only: exact to the bit on every engine. */
function distance(seat: { lng: number; lat: number }, a: readonly number[], b: readonly number[]): number {
  const [ax, ay] = [((a[0] as number) - seat.lng) * lngScale, (a[1] as number) - seat.lat];
  const [bx, by] = [((b[0] as number) - seat.lng) * lngScale, (b[1] as number) - seat.lat];
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length));
  const [x, y] = [ax + along * dx, ay + along * dy];
  return Math.sqrt(x * x + y * y);
}

/** A point near the seat and inside the schematic area, WGS84 degrees with six decimals; denser towards the seat. */
export function pointNear(place: Place, prng: Prng): { lng: number; lat: number } {
  const reach = prng.chance(400) ? place.reach >> 1 : place.reach;
  let x = 0;
  let y = 0;
  do {
    x = prng.between(-reach, reach);
    y = prng.between(-reach, reach);
  } while (x * x + y * y > reach * reach);
  const lng = Math.round(place.lng * 1e6) + Math.round(x / lngScale);
  return { lng: lng / 1e6, lat: (Math.round(place.lat * 1e6) + y) / 1e6 };
}
