import { useTranslation } from 'react-i18next';
import { type Breaks, classRanges, rampIndex } from './classes.ts';
import { type MapTheme, mapTokens } from './theme.ts';

interface MapLegendProps {
  /** Name of the metric as the screen says it. */
  metric: string;
  kind: 'count' | 'rate';
  breaks: Breaks;
  theme: MapTheme;
  /** Some area shows no data: its pattern is explained too. */
  hasNoData: boolean;
}

/** The classes of the map with their bounds, and the pattern of areas without data. */
export function MapLegend({ metric, kind, breaks, theme, hasNoData }: MapLegendProps) {
  const { t } = useTranslation('map');
  const { ramp } = mapTokens[theme];
  const ranges = classRanges(breaks);
  const unit = t(kind === 'count' ? 'legend.unitCount' : 'legend.unitRate');
  return (
    <section className="map-legend" aria-label={t('legend.title', { metric, unit })}>
      <p className="map-legend-title">{t('legend.title', { metric, unit })}</p>
      <ul className="map-legend-classes">
        {ranges.map(({ from, to }, index) => (
          <li key={from}>
            <span
              className="map-legend-swatch"
              style={{ background: ramp[rampIndex(index, ranges.length, ramp.length)] }}
            />
            <span className="map-legend-text">{kind === 'count' ? countRange(from, to) : rateRange(from, to)}</span>
          </li>
        ))}
        {hasNoData && (
          <li>
            <span className="map-legend-swatch map-legend-none" />
            <span className="map-legend-text">{t('legend.noData')}</span>
          </li>
        )}
      </ul>
    </section>
  );
}

/** 0–2, 3, 21+ */
function countRange(from: number, to: number | null): string {
  // No class but the first: nothing anywhere is above nought.
  if (to === null) return from === 0 ? '0' : `${from.toLocaleString('en-US')}+`;
  return from === to ? String(from) : `${from.toLocaleString('en-US')}–${to.toLocaleString('en-US')}`;
}

/** Bounds of rates fall on whole per cents: <85, 85–90 (below 90), 98+ */
function rateRange(from: number, to: number | null): string {
  if (to === null) return `${from / 10}+`;
  return from === 0 ? `<${(to + 1) / 10}` : `${from / 10}–${(to + 1) / 10}`;
}
