import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseFilter, Scope } from '../../../shared/model/case-filter.ts';
import { query } from '../../data/bridge.ts';
import { type MapMetric, useDesk } from '../../data/desk-store.ts';
import { usePreferences } from '../../data/preferences.ts';
import { useFilter } from '../../data/use-filter.ts';
import { useQuery } from '../../data/use-query.ts';
import { placeName, useRegister } from '../../data/use-register.ts';
import { MapLegend } from '../../map/legend.tsx';
import { MapCanvas } from '../../map/MapCanvas.tsx';
import type { MapEvents } from '../../map/map-types.ts';
import { metricValues } from '../../map/metric-values.ts';
import { AreaCard } from './AreaCard.tsx';
import css from './desk.module.css';
import { MapMirror } from './MapMirror.tsx';
import { useAreaSentence } from './use-area-sentence.ts';

const metrics: readonly MapMetric[] = ['recorded', 'open', 'highRisk', 'overdueRate', 'handledRate', 'closedRate'];
const isRate = (metric: MapMetric): boolean => metric.endsWith('Rate');
const padding = { top: 120, right: 24, bottom: 56, left: 24 };

/** Colours the areas by the chosen metric of the same filter the queue has, and shows the queue's cases as points. */
export function MapPane() {
  const { t } = useTranslation('app');
  const { t: words } = useTranslation('map');
  const theme = usePreferences((state) => state.value.theme);
  const register = useRegister();
  const filter = useFilter();
  const scope = useDesk((desk) => desk.scope);
  const mapMetric = useDesk((desk) => desk.mapMetric);
  const [withPoints, setWithPoints] = useState(false);
  const [viewport, setViewport] = useState<MapEvents['viewport'] | null>(null);
  const [hover, setHover] = useState<MapEvents['areaHover']>(null);

  // Areas are coloured by their own metric: the tile's restriction and the cluster's do not apply to them.
  const cohort = useMemo<CaseFilter>(() => ({ ...filter, metric: 'recorded', caseIds: null }), [filter]);
  const areas = useQuery('areaCounts', { filter: cohort }, ['case', 'village']);
  const points = useQuery(
    'mapClusters',
    withPoints && viewport ? { filter, bbox: [...viewport.bbox], zoom: viewport.zoom } : null,
    ['case'],
  );
  const sentence = useAreaSentence(mapMetric);
  const data = useMemo(() => {
    if (!areas.data) return null;
    return { scope, ...metricValues(mapMetric, areas.data.areas, sentence) };
  }, [areas.data, scope, mapMetric, sentence]);

  const go = (to: Scope): void => {
    const desk = useDesk.getState();
    if (to.code !== desk.scope.code) desk.narrow({ scope: to });
  };
  const openCluster = async (clusterId: number): Promise<void> => {
    const { caseIds } = await query('clusterCases', { filter, clusterId });
    useDesk.getState().set({ caseIds, openCaseId: null });
  };
  const openCase = (caseId: string): void => useDesk.getState().set({ openCaseId: caseId, focusedCaseId: caseId });
  const features = withPoints ? (points.data?.features ?? null) : null;
  const metricName = t(`map.${mapMetric}`);

  return (
    <MapCanvas
      theme={theme}
      scope={scope}
      label={words('label', { place: placeName(register, scope, t('county')), metric: metricName })}
      areas={data}
      points={features}
      padding={padding}
      onAreaClick={go}
      onAreaHover={setHover}
      onClusterClick={({ clusterId }) => void openCluster(clusterId)}
      onPointClick={({ caseId }) => openCase(caseId)}
      onViewport={setViewport}
    >
      {data && (
        <div className={css.legend} data-testid="map-legend">
          <MapLegend
            metric={metricName}
            kind={isRate(mapMetric) ? 'rate' : 'count'}
            breaks={data.breaks}
            theme={theme}
            hasNoData={[...data.values.values()].some((area) => area.value === null)}
          />
        </div>
      )}
      <div className={css.controls}>
        <NativeSelect
          size="xs"
          aria-label={t('map.metric')}
          data-testid="map-metric"
          value={mapMetric}
          data={metrics.map((metric) => ({ value: metric, label: t(`map.${metric}`) }))}
          onChange={(event) => useDesk.getState().set({ mapMetric: event.currentTarget.value as MapMetric })}
        />
        <NativeSelect
          size="xs"
          aria-label={t('map.points')}
          data-testid="map-points"
          value={withPoints ? 'points' : 'areas'}
          data={[
            { value: 'areas', label: t('map.areas') },
            { value: 'points', label: t('map.points') },
          ]}
          onChange={(event) => setWithPoints(event.currentTarget.value === 'points')}
        />
      </div>
      {hover && areas.data && <AreaCard hover={hover} areas={areas.data.areas} />}
      <MapMirror
        areas={data?.values ?? null}
        points={features}
        onArea={(code) => go({ level: scope.level === 'county' ? 'town' : 'village', code })}
        onCluster={(clusterId) => void openCluster(clusterId)}
        onCase={openCase}
      />
    </MapCanvas>
  );
}
