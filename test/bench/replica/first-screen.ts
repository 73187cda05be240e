import type { Pool } from 'pg';
import { countsInSql } from '../../../central/db/figures.ts';
import type { QueryResult } from '../../../shared/ipc/contract.ts';
import { asOf } from './county.ts';
import { deskFilter } from './filters.ts';
import type { Side } from './wire.ts';

const firstRows = 100;
/** What a desk asks first, in this order. */
export const firstQuestion = { filter: deskFilter, sort: 'attention', limit: firstRows } as const;

interface Expected {
  open: number;
  dues: number[];
  counts: Record<string, number>;
}

/** What the finished screen shows, by the server's own SQL. */
export async function expectedScreen(pool: Pool): Promise<Expected> {
  const { from } = deskFilter.period;
  const open = `merged_into_id IS NULL AND voided_at IS NULL AND (closed_at IS NULL OR closed_at > $1) AND recorded_at >= $2`;
  const dues = await pool.query<{ due_at: number }>(
    `SELECT due_at FROM cases WHERE ${open} ORDER BY due_at LIMIT ${firstRows}`,
    [asOf, from],
  );
  const counts = await countsInSql(pool, deskFilter, asOf);
  return { open: counts.open, dues: dues.rows.map((row) => row.due_at), counts };
}

/** Counts of open cases: with the rows they are what the operator can work by. */
const ofOpen = ['open', 'openOverdue', 'dueSoon', 'highRisk', 'awaitingDispatch'] as const;

/**
 * Asks as the desk does, by a process of its own, until the answers are those of the finished replica: first the queue's rows, their number and the
 * counts of open cases, then all counts of the period. Both as ms after `startedAt`. Asking takes at most a fifth of that process's time.
 */
export async function watchFirstScreen(
  reader: Side,
  expected: Expected,
  startedAt: number,
): Promise<{ rows: number; counts: number }> {
  let rows: number | null = null;
  for (;;) {
    const askedAt = performance.now();
    const list = await reader.call('ask', 'openList', firstQuestion);
    const counts = await reader.call('ask', 'areaCounts', { filter: { ...deskFilter, metric: 'recorded' } });
    const now = performance.now();
    const shown = (counts as QueryResult<'areaCounts'>).total.counts;
    const { rows: found } = list as QueryResult<'openList'>;
    const same = (names: readonly string[]) => names.every((name) => shown[name as 'open'] === expected.counts[name]);
    if (rows === null && same(ofOpen) && sameDues(found, expected.dues)) rows = now - startedAt;
    if (rows !== null && same(Object.keys(expected.counts))) return { rows, counts: now - startedAt };
    await new Promise((wake) => setTimeout(wake, Math.max(20, 4 * (now - askedAt))));
  }
}

function sameDues(rows: readonly { dueAt: number }[], dues: readonly number[]): boolean {
  return rows.length === dues.length && rows.every((row, index) => row.dueAt === dues[index]);
}
