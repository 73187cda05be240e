import { useCallback, useRef } from 'react';
import { useDesk } from '../../data/desk-store.ts';
import { useHotkeys } from '../../data/hotkeys.ts';
import { targetsOf } from '../../data/targets.ts';
import { toggled, withRange } from './selection.ts';
import type { List } from './use-list.ts';

/** Moving, opening, choosing and acting on rows, by key and by mouse alike. */
export function useQueueActions(list: List, show: (index: number) => void) {
  const { cache, allIds, snapshot } = list;
  const anchor = useRef<number | null>(null);
  const idAt = useCallback((index: number) => cache.row(index)?.id ?? null, [cache]);

  const focusOn = (index: number): void => {
    const caseId = idAt(index);
    if (caseId === null) return;
    const { openCaseId, set } = useDesk.getState();
    // An open panel follows the cursor, so that a key never acts on a case out of sight.
    set(openCaseId === null ? { focusedCaseId: caseId } : { focusedCaseId: caseId, openCaseId: caseId });
    show(index);
  };
  const focused = (): number => {
    const { focusedCaseId } = useDesk.getState();
    return focusedCaseId === null ? -1 : cache.indexOf(focusedCaseId);
  };
  const move = (by: number): void => {
    const at = focused();
    focusOn(Math.max(0, Math.min(snapshot.total - 1, at < 0 ? 0 : at + by)));
  };
  const open = (caseId: string): void => useDesk.getState().set({ focusedCaseId: caseId, openCaseId: caseId });
  const choose = (index: number): void => {
    const id = idAt(index);
    if (id === null) return;
    anchor.current = index;
    useDesk.getState().set({ chosenIds: toggled(useDesk.getState().chosenIds, id) });
  };
  const chooseTo = (index: number): void => {
    const from = anchor.current ?? focused();
    anchor.current = index;
    useDesk.getState().set({ chosenIds: withRange(useDesk.getState().chosenIds, Math.max(from, 0), index, idAt) });
  };
  const chooseAll = async (): Promise<void> => useDesk.getState().set({ chosenIds: new Set(await allIds()) });
  const urge = (caseId?: string): void => {
    const { chosenIds, openCaseId, focusedCaseId, set } = useDesk.getState();
    const caseIds = caseId === undefined ? targetsOf(chosenIds, openCaseId, focusedCaseId) : [caseId];
    if (caseIds.length > 0) set({ action: { kind: 'urge', caseIds } });
  };
  const dial = (caseId?: string): void => {
    const { openCaseId, focusedCaseId, set } = useDesk.getState();
    const target = caseId ?? openCaseId ?? focusedCaseId;
    if (target) set({ action: { kind: 'call', caseId: target } });
  };
  return { move, focusOn, focused, open, choose, chooseTo, chooseAll, urge, dial };
}
export type QueueActions = ReturnType<typeof useQueueActions>;

export function useQueueKeys(actions: QueueActions, reopen: () => void): void {
  const { move, focused, open, choose, chooseTo, chooseAll, urge, dial } = actions;
  useHotkeys('desk', {
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => {
      const { focusedCaseId } = useDesk.getState();
      if (focusedCaseId) open(focusedCaseId);
    },
    x: () => choose(focused()),
    'Shift+x': () => chooseTo(focused()),
    'Ctrl+a': () => void chooseAll(),
    d: () => dial(),
    u: () => urge(),
    '.': reopen,
  });
}
