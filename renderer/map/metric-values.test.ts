import { describe, expect, it } from 'vitest';
import { rateBreaks } from './classes.ts';
import { metricValues } from './metric-values.ts';

const areas = [
  { code: 'a', counts: { recorded: 1104, open: 34, openOverdue: 3, overdue: 21, closed: 1070 } },
  { code: 'b', counts: { recorded: 0, open: 0, openOverdue: 0, overdue: 0, closed: 0 } },
];

describe('values of the map', () => {
  it('a count stands as it is, with its open overdue cases as the badge', () => {
    const { values } = metricValues('open', areas, ({ value }) => `${value} open`);
    expect(values.get('a')).toEqual({ value: 34, text: '34', badge: 3, description: '34 open' });
    expect(values.get('b')).toMatchObject({ value: 0, text: '0', badge: 0 });
  });

  it('a rate is computed from its two counts, and its classes are fixed', () => {
    const { values, breaks } = metricValues(
      'closedRate',
      areas,
      ({ rate }) => `${rate?.numerator}/${rate?.denominator}`,
    );
    expect(values.get('a')).toEqual({ value: 969, text: '96.9%', badge: 3, description: '1070/1104' });
    expect(breaks).toBe(rateBreaks.high);
    expect(metricValues('overdueRate', areas, () => '').breaks).toBe(rateBreaks.low);
  });

  it('an area with nothing to divide by has no value instead of 0 %', () => {
    const { values } = metricValues('overdueRate', areas, () => '');
    expect(values.get('b')).toMatchObject({ value: null, text: '—' });
  });
});
