import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type MapMetric, useDesk } from '../../data/desk-store.ts';
import css from './desk.module.css';

const metrics: readonly MapMetric[] = [
  'recorded',
  'open',
  'highRisk',
  'overdueRate',
  'overdueByOriginalRate',
  'handledRate',
  'closedRate',
];

interface Props {
  points: boolean;
  /** A village has no areas below it: there the cases are always points. */
  pointsOnly: boolean;
  onPoints(points: boolean): void;
}

/** By what the areas are coloured, and whether the cases lie over them. */
export function MapControls({ points, pointsOnly, onPoints }: Props) {
  const { t } = useTranslation('app');
  const mapMetric = useDesk((desk) => desk.mapMetric);
  return (
    <div className={css.controls} data-covers-map>
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
        disabled={pointsOnly}
        value={points ? 'points' : 'areas'}
        data={[
          { value: 'areas', label: t('map.areas') },
          { value: 'points', label: t('map.points') },
        ]}
        onChange={(event) => onPoints(event.currentTarget.value === 'points')}
      />
    </div>
  );
}
