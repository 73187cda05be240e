import countyUrl from '../../resources/geo/county.geojson?url';
import surroundingsUrl from '../../resources/geo/surroundings.geojson?url';
import townsUrl from '../../resources/geo/towns.geojson?url';
import villagesUrl from '../../resources/geo/villages.geojson?url';
import type { AreaCollection, AreaFeature } from '../../shared/geo/area.ts';
import { type Bbox, bboxOf } from '../../shared/geo/bbox.ts';
import { createVillageLocator, type VillageLocator } from '../../shared/geo/locate-village.ts';

export interface AreaProperties {
  code: string;
  name: string;
  /** Of a village only. */
  townCode?: string;
  labelLng: number;
  labelLat: number;
}

export interface MapArea extends AreaProperties {
  bbox: Bbox;
}

/** The schematic county, ready for the map. */
export interface GeoData {
  surroundings: GeoJSON.FeatureCollection;
  county: GeoJSON.FeatureCollection;
  towns: GeoJSON.FeatureCollection;
  villages: GeoJSON.FeatureCollection;
  /** County, towns and villages by code. */
  areas: ReadonlyMap<string, MapArea>;
  townCodes: readonly string[];
  villageCodes: readonly string[];
  locateVillage: VillageLocator;
}

let loaded: Promise<GeoData> | undefined;

/** Reads the bundled areas from the app's own scheme, once. Rejects with what could not be read; the next call tries again. */
export function loadGeoData(): Promise<GeoData> {
  loaded ??= read().catch((error: unknown) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function read(): Promise<GeoData> {
  const [surroundings, county, towns, villages] = await Promise.all(
    [surroundingsUrl, countyUrl, townsUrl, villagesUrl].map(fetchJson),
  );
  const collections = [county, towns, villages] as AreaCollection<AreaProperties>[];
  const areas = new Map<string, MapArea>();
  for (const collection of collections)
    for (const { properties, geometry } of collection.features)
      areas.set(properties.code, { ...properties, bbox: bboxOf(geometry) });
  const codes = (collection: unknown) =>
    (collection as { features: AreaFeature[] }).features.map((feature) => feature.properties.code);
  return {
    surroundings: surroundings as GeoJSON.FeatureCollection,
    county: county as GeoJSON.FeatureCollection,
    towns: towns as GeoJSON.FeatureCollection,
    villages: villages as GeoJSON.FeatureCollection,
    areas,
    townCodes: codes(towns),
    villageCodes: codes(villages),
    locateVillage: createVillageLocator(villages as AreaCollection),
  };
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`map data ${url}: status ${response.status}`);
  return response.json();
}
