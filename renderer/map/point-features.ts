/** A cluster (`clusterId` set) or a single case (`caseId` set) as the reader gives it for a viewport. */
export interface MapPoint {
  lng: number;
  lat: number;
  count: number;
  overdue: number;
  highRisk: number;
  clusterId: number | null;
  caseId: string | null;
}

const BADGE_TEXT_SIZE = 10.5;

/** Disc radius in pixels: room for the digits, and a little more for more cases. */
export function clusterRadius(count: number): number {
  return 9 + 3 * String(count).length + Math.min(6, Math.log10(Math.max(1, count)) * 2);
}

/** The points as features with everything the layers read: radius, texts, icon. */
export function pointFeatures(points: readonly MapPoint[]): GeoJSON.FeatureCollection<GeoJSON.Point> {
  return {
    type: 'FeatureCollection',
    features: points.map((point) => ({
      type: 'Feature',
      properties: point.clusterId === null ? caseProperties(point) : clusterProperties(point),
      geometry: { type: 'Point', coordinates: [point.lng, point.lat] },
    })),
  };
}

function clusterProperties(point: MapPoint): GeoJSON.GeoJsonProperties {
  const radius = clusterRadius(point.count);
  const shoulder = (radius * 0.78) / BADGE_TEXT_SIZE;
  return {
    clusterId: point.clusterId,
    count: point.count,
    text: String(point.count),
    radius,
    overdue: point.overdue,
    overdueText: String(point.overdue),
    badgeOffset: [shoulder, -shoulder],
  };
}

function caseProperties(point: MapPoint): GeoJSON.GeoJsonProperties {
  const overdue = point.overdue > 0;
  const icon = overdue ? (point.highRisk > 0 ? 'overdue-risk' : 'overdue') : point.highRisk > 0 ? 'risk' : 'case';
  return { caseId: point.caseId, overdue: point.overdue, icon };
}
