import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameableCases, type Scope } from '../../../shared/model/case-filter.ts';
import { query } from '../../data/bridge.ts';
import { useDesk } from '../../data/desk-store.ts';
import { usePreferences } from '../../data/preferences.ts';
import { useFilter } from '../../data/use-filter.ts';
import { useQuery } from '../../data/use-query.ts';
import { placeName, useRegister } from '../../data/use-register.ts';
import { MapLegend } from '../../map/legend.tsx';
import { MapCanvas } from '../../map/MapCanvas.tsx';
import { type MapEvents, nearestZoom } from '../../map/map-types.ts';
import { formatCount } from '../../ui/numbers.ts';
import { AreaCard } from './AreaCard.tsx';
import css from './desk.module.css';
import { MapClusterList } from './MapClusterList.tsx';
import { MapControls } from './MapControls.tsx';
import { MapMirror } from './MapMirror.tsx';
import { useMapAreas } from './use-map-areas.ts';

const noArea: readonly string[] = [];

/** Colours the areas by the chosen metric of the same filter the queue has, and shows the queue's cases as points. */
export function MapPane({ top }: { top: number }) {
  const { t } = useTranslation(['app', 'map']);
  const { theme, fontScale } = usePreferences((state) => state.value);
  const register = useRegister();
  const filter = useFilter();
  const scope = useDesk((desk) => desk.scope);
  const mapMetric = useDesk((desk) => desk.mapMetric);
  const [wanted, setWanted] = useState(false);
  const [viewport, setViewport] = useState<MapEvents['viewport'] | null>(null);
  const [approached, setApproached] = useState<readonly [number, number] | null>(null);
  const [hover, setHover] = useState<MapEvents['areaHover']>(null);

  const inVillage = scope.level === 'village';
  const withPoints = wanted || inVillage;
  const { counts, data, unplaced } = useMapAreas(mapMetric);
  // Clusters stay when one of them is listed, so that the next can be.
  const everywhere = useMemo(() => ({ ...filter, caseIds: null }), [filter]);
  const points = useQuery(
    'mapClusters',
    withPoints && viewport ? { filter: everywhere, bbox: [...viewport.bbox], zoom: viewport.zoom } : null,
    ['case'],
  );
  const padding = useMemo(() => paddingOf(top, fontScale / 100), [top, fontScale]);
  const selected = useMemo(() => (inVillage ? [scope.code] : noArea), [inVillage, scope.code]);

  const go = (to: Scope): void => {
    const desk = useDesk.getState();
    // A switch under the focus would keep the single keys to itself.
    if (document.activeElement instanceof HTMLSelectElement) document.activeElement.blur();
    if (to.code !== desk.scope.code) desk.narrow({ scope: to });
  };
  const openCluster = async ({ clusterId, count, lng, lat }: MapEvents['clusterClick']): Promise<void> => {
    // More than a list can name: first nearer, where it comes apart.
    if (count > nameableCases && viewport !== null && viewport.zoom < nearestZoom) {
      setApproached([lng, lat]);
      return;
    }
    const { caseIds, total } = await query('clusterCases', { filter: everywhere, clusterId });
    useDesk.getState().narrow({ caseIds, clusterTotal: total });
    useDesk.getState().set({ openCaseId: null });
    focusList();
  };
  const openCase = (caseId: string): void => {
    useDesk.getState().set({ openCaseId: caseId, focusedCaseId: caseId });
    focusList();
  };
  const features = withPoints ? (points.data?.features ?? null) : null;
  const withoutPoint = points.data?.withoutPoint ?? 0;
  const metricName = t(`app:map.${mapMetric}`);

  return (
    <MapCanvas
      theme={theme}
      scope={scope}
      label={t('map:label', { place: placeName(register, scope, t('app:county')), metric: metricName })}
      areas={data}
      points={features}
      selected={selected}
      padding={padding}
      onAreaClick={go}
      onAreaHover={setHover}
      approached={approached}
      onClusterClick={(cluster) => void openCluster(cluster)}
      onPointClick={({ caseId }) => openCase(caseId)}
      onViewport={setViewport}
    >
      <div className={css.legend} data-covers-map>
        {withPoints && withoutPoint > 0 && (
          <p data-testid="map-without-point">{t('app:map.withoutPoint', { n: formatCount(withoutPoint) })}</p>
        )}
        {!withPoints && unplaced > 0 && (
          <p data-testid="map-unplaced">{t('app:map.unplaced', { n: formatCount(unplaced) })}</p>
        )}
        {data && (
          <div data-testid="map-legend">
            <MapLegend
              metric={metricName}
              kind={data.kind}
              breaks={data.breaks}
              theme={theme}
              hasNoData={[...data.values.values()].some((area) => area.value === null)}
            />
          </div>
        )}
      </div>
      <MapControls points={withPoints} pointsOnly={inVillage} onPoints={setWanted} />
      {hover && <AreaCard hover={hover} areas={counts} />}
      <MapMirror
        areas={data?.values ?? null}
        onArea={(code) => go({ level: scope.level === 'county' ? 'town' : 'village', code })}
      />
      {features && (
        <MapClusterList points={features} onCluster={(cluster) => void openCluster(cluster)} onCase={openCase} />
      )}
    </MapCanvas>
  );
}

/** What was opened from the map is worked on in the list: its keys take over. */
function focusList(): void {
  document.querySelector<HTMLElement>('[data-focus-home]')?.focus({ preventScroll: true });
}

/** Keeps the place in view clear of the tiles above, which are `tiles` pixels high, and of the switches below. */
function paddingOf(tiles: number, scale: number) {
  return { top: tiles + 56, right: 24, bottom: Math.round(20 + 36 * scale), left: 24 };
}
