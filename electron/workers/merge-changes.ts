import type { EventPayload } from '../../shared/ipc/contract.ts';

type ChangedEvent = EventPayload<'changed'>;

const nameable = 200;

/** Two notices of change as one: what both name, and "too many" if either or both together are. */
export function mergeChanges(a: ChangedEvent, b: ChangedEvent): ChangedEvent {
  const tables = [...new Set([...a.tables, ...b.tables])];
  if (a.caseIds === null || b.caseIds === null) return { tables, caseIds: null };
  const caseIds = [...new Set([...a.caseIds, ...b.caseIds])];
  return { tables, caseIds: caseIds.length > nameable ? null : caseIds };
}
