import type { QueryArgs } from '../../shared/ipc/contract.ts';
import { countyScope } from '../../shared/model/case-filter.ts';
import type { CaseRow } from '../../shared/model/case-view.ts';
import { useQuery } from './use-query.ts';

/** Asks for rows of cases by their ids, 500 at most, whatever the desk's filter is. */
export function rowsOf(caseIds: readonly string[]): QueryArgs<'openList'> {
  return {
    filter: {
      scope: countyScope,
      period: { from: null, to: null },
      metric: 'recorded',
      asOf: 0,
      sources: [],
      categories: [],
      campaign: null,
      work: null,
      text: '',
      caseIds: [...caseIds],
    },
    sort: 'attention',
    limit: 500,
  };
}

/** The chosen cases by id, for their titles. Merged and void ones are not among them: they count nowhere. */
export function useCaseRows(caseIds: readonly string[]): ReadonlyMap<string, CaseRow> {
  const { data } = useQuery('openList', caseIds.length === 0 ? null : rowsOf(caseIds), []);
  return new Map(data?.rows.map((row) => [row.id, row]));
}
