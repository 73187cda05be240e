import type { CountMetric } from '../../../shared/model/metrics/dictionary.ts';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './tiles.module.css';

interface Props {
  metric: CountMetric;
  label: string;
  /** Null: not known yet. */
  count: number | null;
  pressed: boolean;
  onPress(metric: CountMetric): void;
}

/** One number that is a filter. Its formula shows on hover. */
export function Tile({ metric, label, count, pressed, onPress }: Props) {
  const t = useWords('codes');
  return (
    <button
      type="button"
      className={css.tile}
      aria-pressed={pressed}
      data-testid={`tile-${metric}`}
      data-metric={metric}
      data-zero={count === 0 || undefined}
      title={t(`codes:metric.count.${metric}.formula`)}
      onClick={() => onPress(metric)}
    >
      <span>{label}</span>
      <b data-testid={`tile-value-${metric}`}>{count === null ? '…' : formatCount(count)}</b>
    </button>
  );
}
