import { expect, test } from 'vitest';
import { fill, line, memoryReplica, sampleCase, sampleFilter, sampleRegister } from '../sample.test-support.ts';
import { queryHandlers } from './handlers.ts';

test('a number beside a source or category is as long as the list that choosing it alone opens', () => {
  const db = memoryReplica();
  const sources = ['grid', 'police110', 'hotline12345'] as const;
  const categories = ['land', 'forest'] as const;
  const cases = Array.from({ length: 60 }, (_, index) =>
    sampleCase(`c${index}`, {
      source: sources[index % 3] ?? 'grid',
      category: categories[index % 2] ?? 'land',
      closedAt: index % 5 === 0 ? 1 : null,
    }),
  );
  fill(db, [...sampleRegister(), ...cases.map((one) => line('case', one))]);
  const handlers = queryHandlers(db, () => undefined);
  const filter = {
    ...sampleFilter,
    metric: 'open' as const,
    sources: ['grid' as const],
    categories: ['land' as const],
  };
  const bySource = handlers.facetCounts({ filter, facet: 'source' }).counts;
  const byCategory = handlers.facetCounts({ filter, facet: 'category' }).counts;
  expect(bySource.map(({ code }) => code).sort()).toEqual([...sources].sort());
  const list = (patch: object) =>
    handlers.openList({ filter: { ...filter, ...patch }, sort: 'recorded', limit: 500 }).rows.length;
  for (const { code, count } of bySource) expect(list({ sources: [code] })).toBe(count);
  for (const { code, count } of byCategory) expect(list({ categories: [code] })).toBe(count);
});
