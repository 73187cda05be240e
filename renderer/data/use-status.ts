import { useSyncExternalStore } from 'react';
import type { SyncStatus } from '../../shared/model/sync-status.ts';
import { onEvent } from './bridge.ts';

let status: SyncStatus | null = null;
const listeners = new Set<() => void>();
onEvent('syncStatus', (next) => {
  status = next;
  for (const listener of listeners) listener();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** What the writer last said about the connection; null until it has said anything. */
export function useStatus(): SyncStatus | null {
  return useSyncExternalStore(subscribe, () => status);
}
