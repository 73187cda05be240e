import { describe, expect, it } from 'vitest';
import { clusterRadius, type MapPoint, pointFeatures } from './point-features.ts';

const point = (over: Partial<MapPoint>): MapPoint => ({
  lng: 118.7,
  lat: 25.4,
  count: 1,
  overdue: 0,
  highRisk: 0,
  clusterId: null,
  caseId: 'a',
  ...over,
});
const first = (over: Partial<MapPoint>) => pointFeatures([point(over)]).features[0]?.properties;

describe('points on the map', () => {
  it('a case shows its state by shape: overdue before high risk, and both when both hold', () => {
    expect(first({})).toMatchObject({ caseId: 'a', icon: 'case' });
    expect(first({ highRisk: 1 })).toMatchObject({ icon: 'risk' });
    expect(first({ overdue: 1 })).toMatchObject({ icon: 'overdue' });
    expect(first({ overdue: 1, highRisk: 1 })).toMatchObject({ icon: 'overdue-risk' });
  });

  it('a cluster prints its count and its overdue count, and is no case', () => {
    const cluster = first({ clusterId: 0, caseId: null, count: 34, overdue: 3 });
    expect(cluster).toMatchObject({ clusterId: 0, text: '34', overdueText: '3' });
    expect(cluster).not.toHaveProperty('caseId');
  });

  it('the disc has room for its digits', () => {
    for (const count of [2, 34, 1104, 58_700])
      expect(clusterRadius(count) * 2).toBeGreaterThan(String(count).length * 7 + 6);
  });
});
