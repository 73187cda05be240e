import type { Case } from './case.ts';

/** How a case stands against its deadline at an instant. The words, shapes and colours of the desk hang on it. */
export type DueState = 'overdue' | 'dueSoon' | 'open' | 'closed';

/** Window in which an open case is 临期, ms. The metric `dueSoon` counts the same window. */
export const dueSoonMs = 86_400_000;

/** Agrees with the metrics `openOverdue`, `dueSoon` and `open` at `t` (epoch ms), so that a row looks like the list it stands in. */
export function dueStateOf(row: Pick<Case, 'dueAt' | 'closedAt'>, t: number): DueState {
  if (row.closedAt !== null && row.closedAt <= t) return 'closed';
  if (row.dueAt < t) return 'overdue';
  return row.dueAt <= t + dueSoonMs ? 'dueSoon' : 'open';
}
