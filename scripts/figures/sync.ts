import { seedAccounts } from '../../central/seed/accounts.ts';
import { openRead, openWrite } from '../../electron/db/connection.ts';
import type { ReadDb } from '../../electron/db/statements.ts';
import { createHttpTransport } from '../../electron/sync/http-transport.ts';
import { SyncLoop } from '../../electron/sync/replica.ts';
import type { StoredSession } from '../../electron/sync/session.ts';
import { systemTimers } from '../../electron/sync/timers.ts';
import type { SyncStatus } from '../../shared/model/sync-status.ts';

/** Synchronises a new replica with a seeded central server, in a file that must not be there yet. Throws when the line or the account fails. */
export async function syncReplica(file: string, serverUrl: string): Promise<ReadDb> {
  const db = openWrite(file);
  const clock = { now: () => Date.now() };
  let session: StoredSession | null = null;
  const store = {
    load: () => session,
    save: (next: StoredSession) => {
      session = next;
    },
    clear: () => {
      session = null;
    },
  };
  let settle: (status: SyncStatus) => void = () => undefined;
  let trouble = 'nothing was said';
  const loop = new SyncLoop({
    db,
    transport: (onServerTime) => createHttpTransport({ serverUrl, clock, onServerTime }),
    store,
    clock,
    random: Math.random,
    timers: systemTimers,
    serverUrl,
    workstation: 'figures',
    account: seedAccounts[0] ?? null,
    onStatus: (status) => settle(status),
    onChanged: () => undefined,
    onTrouble: (kind, message) => {
      trouble = `${kind}: ${message}`;
    },
  });
  try {
    await new Promise<void>((done, fail) => {
      settle = ({ state }) => {
        if (state === 'live') done();
        else if (state !== 'connecting' && state !== 'firstSync' && state !== 'catchingUp' && state !== 'signedOut')
          fail(new Error(`the replica could not be synchronised (${state}, ${trouble})`));
      };
      loop.start();
    });
  } finally {
    settle = () => undefined;
    await loop.stop();
    db.close();
  }
  return openRead(file);
}
