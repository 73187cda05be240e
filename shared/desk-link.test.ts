import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkOfCase, linkOfView, maxLinkLength, readLink } from './desk-link.ts';
import { caseSortSchema, countMetricSchema, countyScope, workFacetSchema } from './model/case-filter.ts';
import { categorySchema, sourceSchema } from './model/codes.ts';
import { type DeskView, mapMetricSchema, periodKeySchema } from './model/desk-view.ts';

const anyView: fc.Arbitrary<DeskView> = fc.record({
  scope: fc.constantFrom(
    countyScope,
    { level: 'town' as const, code: '350322100' },
    { level: 'village' as const, code: '350322100200' },
  ),
  periodKey: fc.constantFrom(...periodKeySchema.options),
  metric: fc.constantFrom(...countMetricSchema.options),
  mapMetric: fc.constantFrom(...mapMetricSchema.options),
  sources: fc.subarray(sourceSchema.options),
  categories: fc.subarray(categorySchema.options),
  campaign: fc.option(fc.string({ minLength: 1, maxLength: 60, unit: 'binary' })),
  work: fc.option(fc.constantFrom(...workFacetSchema.options)),
  text: fc.string({ maxLength: 200, unit: 'binary-ascii' }).chain((plain) =>
    fc.oneof(
      fc.constant(plain),
      fc.string({ maxLength: 100, unit: 'grapheme' }).map((text) => text.slice(0, 200)),
    ),
  ),
  sort: fc.constantFrom(...caseSortSchema.options),
});
const anyName = fc.option(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }).map((name) => `视${name}`.slice(0, 30).trim()),
);
const bare = fc.sample(anyView, { numRuns: 1, seed: 1 })[0] as DeskView;

describe('addresses of the desk', () => {
  it('a view comes out of its address as it went in, whatever its words are, and is never too long', () => {
    fc.assert(
      fc.property(anyView, anyName, (view, name) => {
        const link = linkOfView(view, name);
        expect(link.length).toBeLessThanOrEqual(maxLinkLength);
        expect(readLink(link)).toEqual({ kind: 'view', view, name });
      }),
    );
    const longest = linkOfView(
      { ...bare, text: '\ud800'.repeat(200), categories: categorySchema.options },
      '纪'.repeat(30),
    );
    expect(longest.length).toBeLessThanOrEqual(maxLinkLength);
  });

  it('any text has an answer and none an accident', () => {
    const tail = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.json().map((text) => encodeURIComponent(text)),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readLink(text).kind).toBe('fault');
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom('xianyou://view/', 'xianyou://case/', 'XIANYOU:'), tail, (head, rest) => {
        expect(['view', 'case', 'fault']).toContain(readLink(head + rest).kind);
      }),
    );
  });

  it('an address cut short or changed by a sign is refused, not half understood', () => {
    const link = linkOfView(bare, null);
    for (let end = 0; end < link.length; end += 1) expect(readLink(link.slice(0, end)).kind).toBe('fault');
    expect(readLink(`${link.slice(0, -4)}!!!!`)).toEqual({ kind: 'fault', fault: 'malformed' });
  });

  it('says what is the matter: foreign, too long, newer, damaged', () => {
    expect(readLink('https://example.cn/view/abc')).toEqual({ kind: 'fault', fault: 'foreign' });
    expect(readLink(`xianyou://view/${'A'.repeat(maxLinkLength)}`)).toEqual({ kind: 'fault', fault: 'tooLong' });
    expect(readLink('xianyou://view/eyJ2IjoyLCJwYW5lcyI6W119')).toEqual({ kind: 'fault', fault: 'newer' });
    const unknownMetric = linkOfView({ ...bare, metric: 'nothing' as 'open' }, null);
    expect(readLink(unknownMetric)).toEqual({ kind: 'fault', fault: 'malformed' });
    expect(readLink('xianyou://shell/rm')).toEqual({ kind: 'fault', fault: 'malformed' });
  });

  it('a case is named by its number', () => {
    expect(readLink(linkOfCase('XY-2023-000123'))).toEqual({ kind: 'case', no: 'XY-2023-000123' });
    expect(readLink('xianyou://case/XY2023000123/')).toEqual({ kind: 'case', no: 'XY2023000123' });
    expect(readLink('xianyou://case/%3Cscript%3E')).toEqual({ kind: 'fault', fault: 'malformed' });
    expect(readLink('xianyou://case/%E0%A4%A')).toEqual({ kind: 'fault', fault: 'malformed' });
  });
});
