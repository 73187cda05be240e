import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { onEvent, query } from '../../data/bridge.ts';
import { useDesk } from '../../data/desk-store.ts';
import { useFilter } from '../../data/use-filter.ts';
import { useQuery } from '../../data/use-query.ts';
import { ListCache } from './list-cache.ts';

const watched: ReadonlySet<string> = new Set(['case', 'call', 'message']);
const idsAtOnce = 5000;

/**
 * The list behind the desk's filter. It opens anew when the operator changes the question (place, tile, chips, words, sort), never because the
 * minute went on or rows came in: those wait behind the pill.
 */
export function useList() {
  const filter = useFilter();
  const sort = useDesk((desk) => desk.sort);
  const cache = useMemo(
    () => new ListCache({ openList: (args) => query('openList', args), listRows: (args) => query('listRows', args) }),
    [],
  );
  const snapshot = useSyncExternalStore(cache.subscribe, cache.read);
  const key = JSON.stringify({ ...filter, asOf: 0, sort });
  const latest = useMemo(() => ({ question: { filter, sort } }), [filter, sort]);

  // The key, not the filter, decides: it leaves the minute out.
  const reopen = useCallback(() => cache.open(latest.question), [cache, latest]);
  useOpenOn(key, reopen);

  useEffect(
    () =>
      onEvent('changed', (change) => {
        if (change.tables.some((table) => watched.has(table))) cache.markStale();
      }),
    [cache],
  );

  const { listId } = snapshot;
  const delta = useQuery('listDelta', listId === null ? null : { listId }, ['case']);
  /** Every id of the list in its order, however long it is. */
  const allIds = useCallback(async (): Promise<string[]> => {
    if (listId === null) return [];
    const ids: string[] = [];
    for (;;) {
      const part = await query('listIds', { listId, offset: ids.length, limit: idsAtOnce });
      ids.push(...part.ids);
      if (part.ids.length < idsAtOnce) return ids;
    }
  }, [listId]);

  return { cache, snapshot, delta: delta.data, reopen, allIds };
}
export type List = ReturnType<typeof useList>;

function useOpenOn(key: string, open: () => Promise<void>): void {
  const state = useMemo(() => ({ key: null as string | null }), []);
  useEffect(() => {
    if (state.key === key) return;
    state.key = key;
    void open();
  }, [key, open, state]);
}
