import { join } from 'node:path';
import type { WriteDb } from '../../electron/db/statements.ts';
import { createHttpTransport } from '../../electron/sync/http-transport.ts';
import { SyncLoop } from '../../electron/sync/replica.ts';
import { type StoredSession, storedSessionSchema } from '../../electron/sync/session.ts';
import { systemTimers } from '../../electron/sync/timers.ts';
import { startTermsThread } from '../../electron/workers/terms-thread.ts';
import { demoAccount } from '../../scripts/local/central.ts';

export interface DeskLoop {
  /** From the start of the loop to the first `live`, ms. Rejects at the first disturbance: a measurement with one is none. */
  live: Promise<number>;
  stop(): Promise<void>;
}

const termsThread = join(import.meta.dirname, 'make-terms.mjs');

/** The app's own sync loop over HTTP, signed in by the demonstration account, the session in memory only. */
export function startDeskLoop(db: WriteDb, file: string, serverUrl: string): DeskLoop {
  const clock = { now: () => Date.now() };
  let session: StoredSession | null = null;
  let loop: SyncLoop | null = null;
  const live = new Promise<number>((resolve, reject) => {
    const startedAt = performance.now();
    loop = new SyncLoop({
      db,
      transport: (onServerTime) => createHttpTransport({ serverUrl, clock, onServerTime }),
      store: {
        load: () => session,
        save: (next) => {
          session = storedSessionSchema.parse(next);
        },
        clear: () => {
          session = null;
        },
      },
      clock,
      random: Math.random,
      timers: systemTimers,
      serverUrl,
      workstation: 'bench',
      account: { username: demoAccount.user, password: demoAccount.password },
      startMaker: () => startTermsThread(termsThread, file),
      onStatus: ({ state, reason }) => {
        if (state === 'live') resolve(performance.now() - startedAt);
        if (state === 'signedOut' && reason !== null) reject(new Error(`the sync cannot go on: ${reason}`));
      },
      onChanged: () => undefined,
      onTrouble: (kind, message) => reject(new Error(`the sync was disturbed: ${kind} ${message}`)),
    });
    loop.start();
  });
  return {
    live,
    stop: async () => {
      await loop?.stop();
    },
  };
}
