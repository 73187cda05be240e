import Supercluster, { type PointFeature } from 'supercluster';
import { Failure } from '../../../shared/errors.ts';
import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import type { CaseFilter } from '../../../shared/model/case-filter.ts';
import { casesOf } from '../filter-sql.ts';
import { metricSql } from '../rollups/measures.ts';
import type { ReadDb } from '../statements.ts';

interface PointFacts {
  caseId: string;
  overdue: number;
  highRisk: number;
}
interface ClusterFacts {
  overdue: number;
  highRisk: number;
}
interface Built {
  version: number;
  withoutPoint: number;
  clusters: Supercluster<PointFacts, ClusterFacts>;
}

const kept = 4;

/** Clusters of filtered cases, built once per filter and state of the data. */
export class MapClusters {
  private readonly db: ReadDb;
  private readonly built = new Map<string, Built>();

  constructor(db: ReadDb) {
    this.db = db;
  }

  inView({ filter, bbox, zoom }: QueryArgs<'mapClusters'>): QueryResult<'mapClusters'> {
    const { clusters, withoutPoint } = this.current(filter);
    const features = clusters.getClusters(bbox, Math.floor(zoom)).map(({ geometry, properties }) => {
      const [lng = 0, lat = 0] = geometry.coordinates;
      const { overdue, highRisk } = properties;
      const isCluster = 'cluster_id' in properties;
      return {
        lng,
        lat,
        count: isCluster ? properties.point_count : 1,
        overdue,
        highRisk,
        clusterId: isCluster ? properties.cluster_id : null,
        caseId: isCluster ? null : properties.caseId,
      };
    });
    return { withoutPoint, features };
  }

  /** Asks the clusters as they were drawn, also when data has changed since: the list is of what was clicked. */
  casesOf({ filter, clusterId }: QueryArgs<'clusterCases'>): QueryResult<'clusterCases'> {
    const built = this.built.get(JSON.stringify(filter)) ?? this.current(filter);
    try {
      const leaves = built.clusters.getLeaves(clusterId, Number.POSITIVE_INFINITY);
      return { caseIds: leaves.map((leaf) => leaf.properties.caseId) };
    } catch (error) {
      throw new Failure('badArguments', `no cluster ${clusterId}`, { detail: 'clusterId', cause: error });
    }
  }

  private current(filter: CaseFilter): Built {
    const key = JSON.stringify(filter);
    const version = this.db.dataVersion();
    let built = this.built.get(key);
    if (!built || built.version !== version) built = this.build(filter, version);
    this.built.delete(key);
    this.built.set(key, built);
    while (this.built.size > kept) this.built.delete(this.built.keys().next().value as string);
    return built;
  }

  private build(filter: CaseFilter, version: number): Built {
    const { where, params } = casesOf(this.db, filter);
    const rows = this.db.all<{ caseId: string; lng: number | null; lat: number | null } & ClusterFacts>(
      `SELECT c.id AS caseId, c.lng, c.lat, ${metricSql('openOverdue')} AS overdue, ${metricSql('highRisk')} AS highRisk
       FROM cases c WHERE ${where}`,
      params,
    );
    const points: PointFeature<PointFacts>[] = [];
    for (const { caseId, lng, lat, overdue, highRisk } of rows) {
      if (lng === null || lat === null) continue;
      points.push({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: [lng, lat] },
        properties: { caseId, overdue, highRisk },
      });
    }
    const clusters = new Supercluster<PointFacts, ClusterFacts>({
      radius: 60,
      maxZoom: 18,
      map: ({ overdue, highRisk }) => ({ overdue, highRisk }),
      reduce: (sum, one) => {
        sum.overdue += one.overdue;
        sum.highRisk += one.highRisk;
      },
    }).load(points);
    return { version, withoutPoint: rows.length - points.length, clusters };
  }
}
