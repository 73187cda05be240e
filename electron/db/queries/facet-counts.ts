import type { QueryArgs, QueryResult } from '../../../shared/ipc/contract.ts';
import { countBy } from '../rollups/count-by.ts';
import type { ReadDb } from '../statements.ts';

/** The filter's cases by source or category, as its metric counts them. The facet's own restriction is left out: its other codes are what can be chosen. */
export function readFacetCounts(db: ReadDb, { filter, facet }: QueryArgs<'facetCounts'>): QueryResult<'facetCounts'> {
  const open = facet === 'source' ? { ...filter, sources: [] } : { ...filter, categories: [] };
  const counts = [...countBy(db, open, facet)].map(([code, sums]) => ({
    code: String(code),
    count: sums[filter.metric],
  }));
  return { counts: counts.filter(({ count }) => count > 0) };
}
