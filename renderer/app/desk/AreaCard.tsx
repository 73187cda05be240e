import { useTranslation } from 'react-i18next';
import { formatPermille, rateOf } from '../../../shared/model/metrics/rate.ts';
import { useRegister } from '../../data/use-register.ts';
import type { MapEvents } from '../../map/map-types.ts';
import type { AreaCounts } from '../../map/metric-values.ts';
import { formatCount } from '../../ui/numbers.ts';
import css from './desk.module.css';

const rates = [
  ['overdueRate', 'overdue'],
  ['overdueByOriginalRate', 'overdueByOriginal'],
  ['handledRate', 'handled'],
  ['closedRate', 'closed'],
] as const;

/** The figures of the area under the cursor; beside each rate stands what it was made from. */
export function AreaCard({
  hover,
  areas,
}: {
  hover: NonNullable<MapEvents['areaHover']>;
  areas: readonly AreaCounts[];
}) {
  const { t } = useTranslation('app');
  const register = useRegister();
  const area = areas.find(({ code }) => code === hover.scope.code);
  if (!area) return null;
  const { counts } = area;
  const name = register.towns.get(area.code)?.name ?? register.villages.get(area.code)?.name ?? area.code;
  const recorded = counts.recorded ?? 0;
  return (
    <div className={css.card} style={placeOf(hover)} aria-hidden>
      <h3>{name}</h3>
      <dl>
        <dt>{t('map.open')}</dt>
        <dd>{formatCount(counts.open ?? 0)}</dd>
        <dd />
        {rates.map(([metric, of]) => (
          <FigureRow key={metric} label={t(`map.${metric}`)} of={counts[of] ?? 0} per={recorded} />
        ))}
      </dl>
    </div>
  );
}

function FigureRow({ label, of, per }: { label: string; of: number; per: number }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{formatPermille(rateOf(of, per).permille)}</dd>
      <dd>
        <small>
          {formatCount(of)} / {formatCount(per)}
        </small>
      </dd>
    </>
  );
}

/** Beside the cursor; near the right and the lower edge of the map it is held inside. */
function placeOf({ x, y }: { x: number; y: number }) {
  return {
    left: `min(${x + 16}px, 100% - 252px * var(--font-scale))`,
    top: `min(${y + 16}px, 100% - 148px * var(--font-scale))`,
  };
}
