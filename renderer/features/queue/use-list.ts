import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { onEvent, query } from '../../data/bridge.ts';
import { useDesk } from '../../data/desk-store.ts';
import { useFilter } from '../../data/use-filter.ts';
import { useStatus } from '../../data/use-status.ts';
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
    () =>
      new ListCache({
        openList: (args) => query('openList', args),
        listRows: (args) => query('listRows', args),
        listTotal: (args) => query('listTotal', args),
        listDelta: (args) => query('listDelta', args),
      }),
    [],
  );
  const snapshot = useSyncExternalStore(cache.subscribe, cache.read);
  // The end of the first download is a new question too: what was there before it was a part.
  const firstSync = useStatus()?.state === 'firstSync';
  const key = JSON.stringify({ ...filter, asOf: 0, sort, firstSync });
  const latest = useMemo(() => ({ question: { filter, sort } }), [filter, sort]);

  // The key, not the filter, decides: it leaves the minute out.
  const reopen = useCallback(() => cache.open(latest.question), [cache, latest]);
  useOpenOn(key, reopen);

  useEffect(
    () =>
      onEvent('changed', (change) => {
        if (!change.tables.some((table) => watched.has(table))) return;
        cache.markStale();
        void cache.askDelta();
      }),
    [cache],
  );

  const { listId, total, opening, delta } = snapshot;
  const untouched = useDesk(
    (desk) => desk.focusedCaseId === null && desk.openCaseId === null && desk.chosenIds.size === 0,
  );
  // Where no row is under a cursor (nothing there yet, or the first download still runs) what comes is shown at once.
  const follows = !opening && delta.added > 0 && (total === 0 || (firstSync && untouched));
  useEffect(() => {
    if (follows) void reopen();
  }, [follows, reopen]);

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

  return { cache, snapshot, reopen, allIds };
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
