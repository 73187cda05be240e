import type { CountMetric } from '../../../shared/model/metrics/dictionary.ts';
import { formatPermille, type Rate } from '../../../shared/model/metrics/rate.ts';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './tiles.module.css';

interface Props {
  rate: Rate | null;
  pressed: CountMetric;
  onPress(metric: CountMetric): void;
}

/** 办结率 with its two numbers beside it, each the door to its cases. */
export function RateTile({ rate, pressed, onPress }: Props) {
  const t = useWords('tiles');
  const part = (metric: 'closed' | 'recorded', n: number | undefined) => (
    <button
      type="button"
      className={css.part}
      aria-pressed={pressed === metric}
      aria-label={t(`part.${metric}`, { n: n ?? '…' })}
      title={t(`part.${metric}`, { n: n ?? '…' })}
      data-testid={`tile-${metric}`}
      onClick={() => onPress(metric)}
    >
      <span data-testid={`tile-value-${metric}`}>{n === undefined ? '…' : formatCount(n)}</span>
    </button>
  );
  return (
    <div className={css.tile} data-testid="tile-closedRate" title={t('codes:metric.rate.closedRate.formula')}>
      <span>{t('codes:metric.rate.closedRate.name')}</span>
      <b data-testid="tile-value-closedRate">{rate === null ? '…' : formatPermille(rate.permille)}</b>
      <span className={css.parts}>
        {part('closed', rate?.numerator)}
        <i aria-hidden>/</i>
        {part('recorded', rate?.denominator)}
      </span>
    </div>
  );
}
