import { describe, expect, it } from 'vitest';
import type { Case } from './case.ts';
import { dueStateOf } from './due-state.ts';
import { countMetrics } from './metrics/dictionary.ts';
import { holds } from './metrics/predicate.ts';

const t = 1_000_000_000;
const day = 86_400_000;

describe('the state of a row', () => {
  it('is the metric that counts the case, at every edge', () => {
    for (const dueAt of [t - 1, t, t + 1, t + day, t + day + 1]) {
      for (const closedAt of [null, t - 1, t, t + 1]) {
        const row = { dueAt, closedAt } as Case;
        const state = dueStateOf(row, t);
        expect(state === 'overdue').toBe(holds(countMetrics.openOverdue, row, t));
        expect(state === 'dueSoon').toBe(holds(countMetrics.dueSoon, row, t));
        expect(state === 'closed').toBe(holds(countMetrics.closed, row, t));
      }
    }
  });
});
