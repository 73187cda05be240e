import type { FailureKind } from '../../shared/errors.ts';
import type { SyncState } from '../../shared/model/sync-status.ts';

/** What happens to the loop. */
export type SyncEvent =
  /** A session (or an account to sign in with by itself) is there. */
  | { type: 'sessionFound' }
  | { type: 'signedOut' }
  /** Server reached, protocol agreed, token valid. */
  | { type: 'connected'; needsSnapshot: boolean }
  | { type: 'snapshotDone' }
  /** The last page had no more behind it. */
  | { type: 'caughtUp' }
  /** The server's data set is another one, or older than what we hold. */
  | { type: 'otherData' }
  | { type: 'failed'; kind: FailureKind }
  | { type: 'retryDue' }
  | { type: 'syncNow' }
  /** Nothing moved for a whole watch. */
  | { type: 'stalled' };
export type SyncEventType = SyncEvent['type'];

/** What the loop has to do. Each is safe to ask for again while it is under way. */
export type SyncEffect =
  | 'connect'
  | 'snapshot'
  | 'pull'
  | 'push'
  | 'listen'
  /** Compares everything with the server, in the background. */
  | 'verify'
  /** Aborts everything under way towards the server. */
  | 'drop'
  | 'planRetry'
  | 'resetBackoff';

export interface Step {
  state: SyncState;
  /** Failure kind to show, null to clear it. */
  reason: FailureKind | null;
  effects: readonly SyncEffect[];
}

type Cell<E extends SyncEventType> = (event: Extract<SyncEvent, { type: E }>) => Step | null;
/** Complete by type: a state or an event without its cell does not compile. Null: the event changes nothing here. */
export type SyncTable = { [S in SyncState]: { [E in SyncEventType]: Cell<E> } };

const to = (state: SyncState, ...effects: SyncEffect[]): Step => ({ state, reason: null, effects });
const nothing = () => null;

/** Failures that trying again soon cannot mend; they are tried again all the same, seldom. */
const blocking: readonly FailureKind[] = [
  'serverNotOurs',
  'protocolTooOld',
  'protocolTooNew',
  'replicaTooNew',
  'replicaNotSqlite',
  'replicaReadOnly',
  'replicaDamaged',
  'diskFull',
  'diskFailing',
  'replicaNotDurable',
  'sqliteTooOld',
];
const signingOut: readonly FailureKind[] = ['wrongPassword', 'accountLocked', 'sessionExpired', 'notSignedIn'];

function failed({ kind }: { kind: FailureKind }): Step {
  if (signingOut.includes(kind)) return { state: 'signedOut', reason: kind, effects: ['drop'] };
  const state = blocking.includes(kind) ? 'blocked' : 'offline';
  return { state, reason: kind, effects: ['drop', 'planRetry'] };
}
const signedOut = () => to('signedOut', 'drop');
const connect = () => to('connecting', 'drop', 'connect');
const retryNow = () => to('connecting', 'resetBackoff', 'drop', 'connect');
const stalled = () => failed({ kind: 'timeout' });
const resync = () => to('firstSync', 'snapshot');

/** Down, with a try planned. */
const waiting: SyncTable['offline' | 'blocked'] = {
  sessionFound: retryNow,
  signedOut,
  connected: nothing,
  snapshotDone: nothing,
  caughtUp: nothing,
  otherData: nothing,
  failed: nothing,
  retryDue: connect,
  syncNow: retryNow,
  stalled: connect,
};

export const syncTable: SyncTable = {
  signedOut: {
    sessionFound: retryNow,
    signedOut: nothing,
    connected: nothing,
    snapshotDone: nothing,
    caughtUp: nothing,
    otherData: nothing,
    failed: nothing,
    retryDue: nothing,
    syncNow: nothing,
    stalled: nothing,
  },
  connecting: {
    sessionFound: retryNow,
    signedOut,
    connected: ({ needsSnapshot }) => (needsSnapshot ? to('firstSync', 'snapshot') : to('catchingUp', 'pull', 'push')),
    snapshotDone: nothing,
    caughtUp: nothing,
    otherData: nothing,
    failed,
    retryDue: nothing,
    syncNow: nothing,
    stalled,
  },
  firstSync: {
    sessionFound: retryNow,
    signedOut,
    connected: nothing,
    snapshotDone: () => to('catchingUp', 'pull', 'push'),
    caughtUp: nothing,
    otherData: nothing,
    failed,
    retryDue: nothing,
    syncNow: nothing,
    stalled,
  },
  catchingUp: {
    sessionFound: retryNow,
    signedOut,
    connected: nothing,
    snapshotDone: nothing,
    caughtUp: () => to('live', 'resetBackoff', 'listen', 'push', 'verify'),
    otherData: resync,
    failed,
    retryDue: nothing,
    syncNow: () => to('catchingUp', 'pull', 'push'),
    stalled,
  },
  live: {
    sessionFound: retryNow,
    signedOut,
    connected: nothing,
    snapshotDone: nothing,
    caughtUp: nothing,
    otherData: resync,
    failed,
    retryDue: nothing,
    syncNow: () => to('live', 'pull', 'push'),
    // Quiet is normal here; asking keeps "last in step" honest and finds a connection that is dead without saying so.
    stalled: () => to('live', 'pull', 'push', 'verify'),
  },
  // They differ in what is shown and in how long the next try is away, not in what ends them.
  offline: waiting,
  blocked: waiting,
};

/** The one rule of the loop: pure. Null: nothing changes. */
export function step(state: SyncState, event: SyncEvent): Step | null {
  const cell = syncTable[state][event.type] as (event: SyncEvent) => Step | null;
  return cell(event);
}
