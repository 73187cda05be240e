import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapMetric } from '../../data/desk-store.ts';
import { useRegister } from '../../data/use-register.ts';
import type { AreaFigure } from '../../map/metric-values.ts';

/** Words an area's figure for those who hear the screen. */
export function useAreaSentence(metric: MapMetric): (figure: AreaFigure) => string {
  const { t } = useTranslation(['map', 'app']);
  const { towns, villages } = useRegister();
  return useCallback(
    ({ code, value, text, overdue, rate }) => {
      const place = towns.get(code)?.name ?? villages.get(code)?.name ?? code;
      const name = t(`app:map.${metric}`);
      const late = overdue > 0 ? t('map:areaOverdue', { count: overdue }) : '';
      if (value === null) return t('map:areaNoData', { place, metric: name }) + late;
      if (rate) return t('map:areaRate', { place, metric: name, rate: text, ...rate }) + late;
      return t('map:areaCount', { place, metric: name, count: value }) + late;
    },
    [t, towns, villages, metric],
  );
}
