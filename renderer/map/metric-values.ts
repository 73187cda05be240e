import { type CountMetric, type RateMetric, rateMetrics } from '../../shared/model/metrics/dictionary.ts';
import { formatPermille, rateOf } from '../../shared/model/metrics/rate.ts';
import type { AreaValue } from './area-paint.ts';
import { type Breaks, countBreaks, rateBreaks } from './classes.ts';

/** Counts of one area, as the query `areaCounts` answers. */
export interface AreaCounts {
  code: string;
  counts: Readonly<Partial<Record<CountMetric, number>>>;
}

/** What an area's sentence is made from; numerator and denominator of a rate, null for a count. */
export interface AreaFigure {
  code: string;
  value: number | null;
  text: string;
  overdue: number;
  rate: { numerator: number; denominator: number } | null;
}

const isRate = (metric: CountMetric | RateMetric): metric is RateMetric => metric in rateMetrics;

/**
 * Values and class breaks of the areas for one metric. `sentence` words the figure for those who hear the screen. The badge is the open
 * overdue cases. `breaksOf` chooses the classes of counts. An area whose rate has an empty denominator has no value: it is hatched and prints "—".
 */
export function metricValues(
  metric: CountMetric | RateMetric,
  areas: readonly AreaCounts[],
  sentence: (figure: AreaFigure) => string,
  breaksOf: (values: readonly number[]) => Breaks = countBreaks,
): { kind: 'count' | 'rate'; values: Map<string, AreaValue>; breaks: Breaks } {
  const values = new Map<string, AreaValue>();
  for (const { code, counts } of areas) {
    const figure = figureOf(metric, code, counts);
    const { value, text, overdue } = figure;
    values.set(code, { value, text, badge: overdue, description: sentence(figure) });
  }
  const breaks = isRate(metric)
    ? metric === 'overdueRate' || metric === 'overdueByOriginalRate'
      ? rateBreaks.low
      : rateBreaks.high
    : breaksOf([...values.values()].map((area) => area.value ?? 0));
  return { kind: isRate(metric) ? 'rate' : 'count', values, breaks };
}

function figureOf(metric: CountMetric | RateMetric, code: string, counts: AreaCounts['counts']): AreaFigure {
  const overdue = counts.openOverdue ?? 0;
  if (!isRate(metric)) {
    const value = counts[metric] ?? 0;
    return { code, value, text: value.toLocaleString('en-US'), overdue, rate: null };
  }
  const { of, per } = rateMetrics[metric];
  const rate = rateOf(counts[of] ?? 0, counts[per] ?? 0);
  const { numerator, denominator, permille } = rate;
  return { code, value: permille, text: formatPermille(permille), overdue, rate: { numerator, denominator } };
}
