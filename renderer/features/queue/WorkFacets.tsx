import { useMemo } from 'react';
import { type WorkFacet, workFacetSchema } from '../../../shared/model/case-filter.ts';
import { useDesk } from '../../data/desk-store.ts';
import { useFilter } from '../../data/use-filter.ts';
import { useQuery } from '../../data/use-query.ts';
import { formatCount } from '../../ui/numbers.ts';
import { useWords } from '../../ui/use-words.ts';
import css from './work-facets.module.css';

const tables = ['case', 'escalation', 'assignment', 'extension'];

/** What waits for the county, for an assignee, for a decision: each with its number, which is the length of the list it opens. */
export function WorkFacets() {
  const t = useWords('queue');
  const work = useDesk((desk) => desk.work);
  const narrow = useDesk((desk) => desk.narrow);
  const filter = useFilter();
  // The list that a press opens: open cases of all time, see the desk's store.
  const wanted = useMemo(
    () => ({ ...filter, metric: 'open' as const, work: null, caseIds: null, period: { from: null, to: null } }),
    [filter],
  );
  const counts = useQuery('workCounts', { filter: wanted }, tables);
  const press = (one: WorkFacet): void => narrow(one === work ? { work: null } : { work: one, metric: 'open' });
  return (
    <fieldset className={css.facets} aria-label={t('work.label')}>
      {workFacetSchema.options.map((one) => (
        <button
          key={one}
          type="button"
          className={css.facet}
          aria-pressed={one === work}
          data-testid={`queue-work-${one}`}
          data-some={(counts.data?.[one] ?? 0) > 0 || undefined}
          title={t('work.hint', { name: t(`codes:workFacet.${one}`) })}
          onClick={() => press(one)}
        >
          {t(`codes:workFacet.${one}`)} <b>{counts.data === null ? '' : formatCount(counts.data[one])}</b>
        </button>
      ))}
    </fieldset>
  );
}
