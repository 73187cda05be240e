import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapEvents } from '../../map/map-types.ts';
import type { MapPoint } from '../../map/point-features.ts';
import css from './desk.module.css';

interface Props {
  points: readonly MapPoint[];
  onCluster(cluster: MapEvents['clusterClick']): void;
  onCase(caseId: string): void;
}

/**
 * The map's clusters and points as buttons, since the canvas has none: one stop of the Tab key, the arrows go on. A button shows itself while
 * it has the focus.
 */
export function MapClusterList({ points, onCluster, onCase }: Props) {
  const { t } = useTranslation('app');
  return (
    <ul className={css.clusters} data-testid="map-clusters" aria-label={t('map.clusterList')} onKeyDown={moveFocus}>
      {points.map((point, index) => (
        <li key={point.caseId ?? `${point.clusterId}`}>
          <button
            type="button"
            tabIndex={index === 0 ? 0 : -1}
            data-count={point.count}
            data-case-id={point.caseId ?? undefined}
            data-cluster-id={point.clusterId ?? undefined}
            onClick={() => {
              if (point.clusterId !== null) onCluster({ ...point, clusterId: point.clusterId });
              else if (point.caseId !== null) onCase(point.caseId);
            }}
          >
            {point.clusterId === null ? t('map.caseItem') : t('map.clusterItem', { count: point.count })}
          </button>
        </li>
      ))}
    </ul>
  );
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  const step = steps[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.indexOf(event.target as HTMLButtonElement);
  buttons[(at + step + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
