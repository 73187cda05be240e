import { useTranslation } from 'react-i18next';
import { useRegister } from '../../data/use-register.ts';
import type { MapPoint } from '../../map/point-features.ts';

interface Props {
  areas: ReadonlyMap<string, { text: string; description: string }> | null;
  points: readonly MapPoint[] | null;
  onArea(code: string): void;
  onCluster(clusterId: number): void;
  onCase(caseId: string): void;
}

/** The map's figures as lists of buttons: for those who hear the screen, and to be read by machine. A canvas can be neither. */
export function MapMirror({ areas, points, onArea, onCluster, onCase }: Props) {
  const { t } = useTranslation('app');
  const { towns, villages } = useRegister();
  return (
    <div className="visually-hidden">
      <ul data-testid="map-areas" aria-label={t('map.areaList')}>
        {[...(areas ?? [])].map(([code, area]) => (
          <li key={code}>
            <button
              type="button"
              tabIndex={-1}
              data-code={code}
              data-name={towns.get(code)?.name ?? villages.get(code)?.name ?? code}
              data-value={area.text}
              onClick={() => onArea(code)}
            >
              {area.description}
            </button>
          </li>
        ))}
      </ul>
      <ul data-testid="map-clusters" aria-label={t('map.clusterList')}>
        {(points ?? []).map((point) => (
          <li key={point.caseId ?? `${point.clusterId}`}>
            <button
              type="button"
              tabIndex={-1}
              data-count={point.count}
              data-case-id={point.caseId ?? undefined}
              data-cluster-id={point.clusterId ?? undefined}
              onClick={() => {
                if (point.clusterId !== null) onCluster(point.clusterId);
                else if (point.caseId !== null) onCase(point.caseId);
              }}
            >
              {point.clusterId === null ? t('map.caseItem') : t('map.clusterItem', { count: point.count })}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
