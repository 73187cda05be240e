import { describe, expect, test } from 'vitest';
import { failureKinds } from '../../shared/errors.ts';
import { type SyncState, syncStateSchema } from '../../shared/model/sync-status.ts';
import { type SyncEvent, step, syncTable } from './machine.ts';

const states = syncStateSchema.options;
const events: SyncEvent[] = [
  { type: 'sessionFound' },
  { type: 'signedOut' },
  { type: 'connected', needsSnapshot: true },
  { type: 'connected', needsSnapshot: false },
  { type: 'snapshotDone' },
  { type: 'caughtUp' },
  { type: 'otherData' },
  ...failureKinds.map((kind): SyncEvent => ({ type: 'failed', kind })),
  { type: 'retryDue' },
  { type: 'syncNow' },
  { type: 'stalled' },
];

describe('the sync loop as a table', () => {
  test('every state answers every event', () => {
    for (const state of states) expect(Object.keys(syncTable[state])).toEqual(Object.keys(syncTable.live));
  });

  test('no state without an exit: from each the loop comes to live', () => {
    for (const start of states) {
      const reached = new Set<SyncState>([start]);
      const todo: SyncState[] = [start];
      for (let state = todo.pop(); state; state = todo.pop()) {
        for (const event of events) {
          const next = step(state, event)?.state;
          if (!next || reached.has(next)) continue;
          reached.add(next);
          todo.push(next);
        }
      }
      expect(reached).toContain('live');
    }
  });

  test('a loop that stands still is moved on by the watchdog, without a person, wherever there is a session', () => {
    for (const state of states.filter((one) => one !== 'signedOut')) {
      const next = step(state, { type: 'stalled' });
      expect(next?.effects.length).toBeGreaterThan(0);
    }
  });

  test('whoever waits has a next try planned; whoever leaves a line drops what hangs on it', () => {
    for (const state of states)
      for (const event of events) {
        const next = step(state, event);
        if (!next || next.state === state) continue;
        if (next.state === 'offline' || next.state === 'blocked')
          expect(next.effects).toEqual(expect.arrayContaining(['drop', 'planRetry']));
        if (next.state === 'signedOut' || next.state === 'connecting') expect(next.effects).toContain('drop');
      }
  });

  test('a lost line is offline, another server is blocked, a dead session signs out', () => {
    expect(step('live', { type: 'failed', kind: 'serverUnreachable' })).toMatchObject({
      state: 'offline',
      reason: 'serverUnreachable',
    });
    expect(step('connecting', { type: 'failed', kind: 'serverNotOurs' })?.state).toBe('blocked');
    expect(step('catchingUp', { type: 'failed', kind: 'sessionExpired' })?.state).toBe('signedOut');
  });
});
