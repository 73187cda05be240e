import { useMemo, useRef } from 'react';
import type { CaseFilter, Scope } from '../../../shared/model/case-filter.ts';
import { type CountMetric, countMetrics } from '../../../shared/model/metrics/dictionary.ts';
import { type MapMetric, useDesk } from '../../data/desk-store.ts';
import { useFilter } from '../../data/use-filter.ts';
import { useQuery } from '../../data/use-query.ts';
import { useStatus } from '../../data/use-status.ts';
import { type Breaks, steadyBreaks } from '../../map/classes.ts';
import type { AreaData } from '../../map/map-types.ts';
import { type AreaCounts, metricValues } from '../../map/metric-values.ts';
import { townOfVillage } from '../../map/modes/mode.ts';
import { useAreaSentence } from './use-area-sentence.ts';

const isCount = (metric: MapMetric): metric is MapMetric & CountMetric => metric in countMetrics;

/** Where the areas in view lie: a village is shown among the villages of its town. */
function around(scope: Scope): Scope {
  return scope.level === 'village' ? { level: 'town', code: townOfVillage(scope.code) } : scope;
}

/**
 * Counts, colours and classes of the areas in view. They are coloured by their own metric: the tile's restriction and the cluster's do not apply to
 * them. Null until the counts of this very place are there.
 */
export function useMapAreas(metric: MapMetric): {
  counts: readonly AreaCounts[];
  data: AreaData | null;
  /** Cases of the metric in no area: their place is still to be found. 0 for a rate. */
  unplaced: number;
} {
  const filter = useFilter();
  const scope = useDesk((desk) => desk.scope);
  const cohort = useMemo<CaseFilter>(
    () => ({ ...filter, scope: around(filter.scope), metric: 'recorded', caseIds: null }),
    [filter],
  );
  const { data: answer } = useQuery('areaCounts', { filter: cohort }, ['case', 'village']);
  const sentence = useAreaSentence(metric);
  const classes = useRef(new Map<string, Breaks[]>());
  const status = useStatus();
  // A replica that is still being filled has counts, but not the county's.
  const filling = status !== null && status.rev === null;
  const fresh = !filling && answer?.total.code === around(scope).code ? answer : null;
  const data = useMemo(() => {
    if (!fresh) return null;
    const key = `${metric} ${fresh.total.code}`;
    const breaksOf = (values: readonly number[]): Breaks => {
      const { breaks, kept } = steadyBreaks(classes.current.get(key) ?? [], values);
      classes.current.set(key, kept);
      return breaks;
    };
    return { scope, ...metricValues(metric, fresh.areas, sentence, breaksOf) };
  }, [fresh, scope, metric, sentence]);
  const unplaced = isCount(metric) ? (fresh?.unplaced.counts[metric] ?? 0) : 0;
  return { counts: fresh?.areas ?? [], data, unplaced };
}
