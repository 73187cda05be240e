/**
 * Derives the schematic county (resources/geo) from the sources in resources/geo/source. Run by hand:
 *   npx tsx scripts/geo/derive.ts
 * The output is committed; a second run writes the same bytes.
 */
import { readFileSync } from 'node:fs';
import { union } from 'polyclip-ts';
import type { RegisterTown, RegisterVillage } from '../../shared/geo/register.ts';
import { attachSplinters, type Piece } from './attach.ts';
import { doubleArea, type Ring, toDegrees, toGrid } from './grid.ts';
import { innerPoint, insideRing } from './inside.ts';
import { shortVillageName, townKind, villageKind } from './names.ts';
import { evenSites, onGrid, voronoiWithin } from './partition.ts';
import { outline, shareBorders } from './planar.ts';
import { type Area, writeAreas, writeRegister, writeSurroundings } from './write.ts';

interface SourceTown {
  code: string;
  name: string;
  kind: string;
  lng: number;
  lat: number;
  approx: boolean;
}
interface SourceVillage {
  code: string;
  name: string;
  townCode: string;
  kind: string;
}
type Lines = [number, number][][];
interface Outline {
  features: {
    properties: { adcode: number; name: string };
    geometry: { type: 'Polygon'; coordinates: Lines } | { type: 'MultiPolygon'; coordinates: Lines[] };
  }[];
}

const COUNTY = 350322;
const folder = new URL('../../resources/geo/', import.meta.url);
const source = <T>(name: string): T => JSON.parse(readFileSync(new URL(`source/${name}`, folder), 'utf8')) as T;

function polygonsOf(file: Outline, keep: (adcode: number) => boolean): Lines[] {
  return file.features
    .filter((feature) => keep(feature.properties.adcode))
    .flatMap(({ geometry }) => (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates));
}

/** The county's outline on the grid; a union with itself removes the spikes and self-touches of the source. */
function countyRing(file: Outline): Ring {
  const polygons = polygonsOf(file, (adcode) => adcode === COUNTY).map((polygon) =>
    polygon.map((ring) => ring.map(([lng, lat]): [number, number] => [toGrid(lng), toGrid(lat)])),
  );
  const rings = union(polygons).map((polygon) => onGrid(polygon[0] as [number, number][]));
  return rings.reduce((largest, ring) => (doubleArea(ring) > doubleArea(largest) ? ring : largest));
}

const towns = source<SourceTown[]>('xianyou-towns.json');
const villages = source<SourceVillage[]>('xianyou-villages.json');
const county = countyRing(source<Outline>('xianyou-boundary.geojson'));

const townCells = voronoiWithin(
  towns.map((town) => [toGrid(town.lng), toGrid(town.lat)]),
  [county],
);
const pieces: Piece[] = towns.flatMap((town, index) => {
  const area = townCells[index] as Ring[];
  const own = villages.filter((village) => village.townCode === town.code);
  const cells = voronoiWithin(evenSites(area, own.length, Number(town.code)), area);
  return own.flatMap((village, i) =>
    (cells[i] as Ring[]).map((ring) => ({ village: village.code, town: town.code, ring })),
  );
});
const shared = shareBorders(pieces.map((piece) => piece.ring));
const whole = pieces
  .map((piece, index) => ({ ...piece, ring: shared[index] as Ring }))
  .filter((piece) => doubleArea(piece.ring) > 0);
const ringsOf = attachSplinters(whole);

function areaOf(properties: Record<string, unknown>, rings: Ring[], seat?: [number, number]): Area {
  const traced = outline(rings);
  const largest = traced.reduce((a, b) => (doubleArea(b) > doubleArea(a) ? b : a));
  const [x, y] = innerPoint(largest);
  const label = { labelLng: toDegrees(x), labelLat: toDegrees(y) };
  return { properties: { ...properties, ...label, ...(seat ? { seat } : {}) }, rings: traced, largest };
}

const villageAreas = villages.map((village) =>
  areaOf(
    {
      code: village.code,
      name: shortVillageName(village.name),
      officialName: village.name,
      townCode: village.townCode,
      kind: villageKind(village.kind),
    },
    ringsOf.get(village.code) ?? [],
  ),
);
const townAreas = towns.map((town) => {
  const area = areaOf(
    { code: town.code, name: town.name, kind: townKind(town.kind) },
    villages.filter((village) => village.townCode === town.code).flatMap((village) => ringsOf.get(village.code) ?? []),
    [town.lng, town.lat],
  );
  if (!insideRing(area.largest, toGrid(town.lng), toGrid(town.lat))) throw new Error(`${town.name}: seat outside`);
  return area;
});
const countyArea = areaOf({ code: String(COUNTY), name: '仙游县' }, [...ringsOf.values()].flat());

const registerTowns = towns.map(
  (town): RegisterTown => ({
    code: town.code,
    name: town.name,
    kind: townKind(town.kind),
    lng: town.lng,
    lat: town.lat,
  }),
);
const registerVillages = villageAreas.map(({ properties: p }) => {
  const { labelLng: lng, labelLat: lat, ...rest } = p;
  return { ...rest, lng, lat } as unknown as RegisterVillage;
});

writeAreas(new URL('county.geojson', folder), [countyArea]);
writeAreas(new URL('towns.geojson', folder), townAreas);
writeAreas(new URL('villages.geojson', folder), villageAreas);
writeSurroundings(
  new URL('surroundings.geojson', folder),
  polygonsOf(source<Outline>('putian-counties.geojson'), (adcode) => adcode !== COUNTY),
);
writeRegister(new URL('register.json', folder), { towns: registerTowns, villages: registerVillages });
console.log(`${townAreas.length} towns, ${villageAreas.length} villages, ${countyArea.rings.length} county outline(s)`);
