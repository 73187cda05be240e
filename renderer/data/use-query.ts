import { useCallback, useEffect, useRef, useState } from 'react';
import { Failure } from '../../shared/errors.ts';
import type { QueryArgs, QueryName, QueryResult } from '../../shared/ipc/contract.ts';
import { onEvent, query } from './bridge.ts';

export interface QueryState<N extends QueryName> {
  /** Last answer; kept while a newer one is on its way, so that nothing jumps. */
  data: QueryResult<N> | null;
  failure: Failure | null;
  loading: boolean;
  refresh(): void;
}

/**
 * Asks the reader and asks again when rows of `tables` change (bursts are taken together: at most one question on its way, the last change always
 * asked). `args` null: asks nothing.
 */
export function useQuery<N extends QueryName>(
  name: N,
  args: QueryArgs<N> | null,
  tables: readonly string[],
): QueryState<N> {
  const [state, setState] = useState<Omit<QueryState<N>, 'refresh'>>({
    data: null,
    failure: null,
    loading: args !== null,
  });
  const key = args === null ? null : JSON.stringify(args);
  const latest = useRef({ key, args });
  latest.current = { key, args };
  const busy = useRef(false);
  const again = useRef(false);

  const ask = useCallback(async (): Promise<void> => {
    if (busy.current) {
      again.current = true;
      return;
    }
    busy.current = true;
    do {
      again.current = false;
      const asked = latest.current;
      if (asked.args === null) break;
      try {
        const data = await query(name, asked.args);
        if (latest.current.key === asked.key) setState({ data, failure: null, loading: false });
        else again.current = true;
      } catch (error) {
        const failure = error instanceof Failure ? error : new Failure('internal', String(error));
        if (latest.current.key === asked.key) setState((before) => ({ ...before, failure, loading: false }));
        else again.current = true;
      }
    } while (again.current);
    busy.current = false;
  }, [name]);

  useEffect(() => {
    if (key === null) return;
    setState((before) => ({ ...before, loading: true }));
    void ask();
  }, [key, ask]);

  const watched = tables.join(' ');
  useEffect(() => {
    const names = new Set(watched.split(' '));
    return onEvent('changed', (change) => {
      if (latest.current.key !== null && change.tables.some((table) => names.has(table))) void ask();
    });
  }, [watched, ask]);

  const refresh = useCallback(() => void ask(), [ask]);
  return { ...state, refresh };
}
