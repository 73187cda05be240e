/** [lng, lat] in WGS84 degrees. */
export type Position = readonly [number, number] | readonly number[];
/** A closed line: the first position repeats as the last. */
export type LinearRing = readonly Position[];

/** The two GeoJSON geometries an administrative area may have. */
export type AreaGeometry =
  | { readonly type: 'Polygon'; readonly coordinates: readonly LinearRing[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly LinearRing[])[] };

export interface AreaFeature<P extends { code: string } = { code: string }> {
  readonly type: 'Feature';
  readonly properties: P;
  readonly geometry: AreaGeometry;
}

export interface AreaCollection<P extends { code: string } = { code: string }> {
  readonly type: 'FeatureCollection';
  readonly features: readonly AreaFeature<P>[];
}

/** The area's polygons, each a list of rings of which the first is the outer one. */
export function polygonsOf(geometry: AreaGeometry): readonly (readonly LinearRing[])[] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
}
