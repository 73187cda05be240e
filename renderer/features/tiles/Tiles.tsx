import type { CountMetric } from '../../../shared/model/metrics/dictionary.ts';
import { type Rate, rateOf } from '../../../shared/model/metrics/rate.ts';
import { useDesk } from '../../data/desk-store.ts';
import { useFilter } from '../../data/use-filter.ts';
import { useQuery } from '../../data/use-query.ts';
import { useStatus } from '../../data/use-status.ts';
import { useWords } from '../../ui/use-words.ts';
import { RateTile } from './RateTile.tsx';
import { Tile } from './Tile.tsx';
import css from './tiles.module.css';

const counted = ['open', 'openOverdue', 'dueSoon', 'highRisk', 'awaitingDispatch'] as const;

/** The county's state in six numbers over the map. A press lists what is behind the number; the map, the queue and the tiles ask with one filter. */
export function Tiles() {
  const t = useWords('tiles');
  const filter = useFilter();
  const narrow = useDesk((desk) => desk.narrow);
  const { data } = useQuery('areaCounts', { filter: { ...filter, metric: 'recorded' } }, ['case']);
  const status = useStatus();
  // A replica that is still being filled has counts, but not the county's.
  const filling = status !== null && status.rev === null;
  const counts = filling ? null : (data?.total.counts ?? null);
  const press = (metric: CountMetric): void =>
    narrow({ metric, caseIds: filter.caseIds, clusterTotal: useDesk.getState().clusterTotal });
  return (
    <fieldset className={css.tiles} aria-label={t('label')}>
      {counted.map((metric) => (
        <Tile
          key={metric}
          metric={metric}
          label={t(metric)}
          count={counts === null ? null : (counts[metric] ?? 0)}
          pressed={filter.metric === metric}
          onPress={press}
        />
      ))}
      <RateTile
        rate={counts === null ? null : rateIn(counts, filter.caseIds !== null)}
        pressed={filter.metric}
        onPress={press}
      />
    </fieldset>
  );
}

/** A cluster holds the cases of one list, open ones mostly: a rate over it would say nothing of the place. */
function rateIn(counts: Partial<Record<CountMetric, number>>, ofCluster: boolean): Rate {
  const rate = rateOf(counts.closed ?? 0, counts.recorded ?? 0);
  return ofCluster ? { ...rate, permille: null } : rate;
}
