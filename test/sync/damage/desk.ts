import { openRead } from '../../../electron/db/connection.ts';
import { findDamage } from '../../../electron/db/heal/checks.ts';
import { asDamage, isDamage } from '../../../electron/db/heal/damage.ts';
import { casesWithOpenCommands } from '../../../electron/db/outbox.ts';
import { queryHandlers } from '../../../electron/db/queries/handlers.ts';
import { sampleFilter, sampleInstant, sampleOperator } from '../../../electron/db/sample.test-support.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import { SyncLoop } from '../../../electron/sync/replica.ts';
import type { ScriptedServer } from '../../../electron/sync/scripted-transport.test-support.ts';
import type { StoredSession } from '../../../electron/sync/session.ts';
import type { SyncStatus } from '../../../shared/model/sync-status.ts';

/** Long after everything could be taken back: all of it leaves. */
export const later = sampleInstant + 3_600_000;

/** Where the damage was met; null: nowhere. `stuck` is what must never be. */
export type Met = { by: 'sync' | 'query' | 'check'; reason: string } | { by: 'stuck'; reason: string } | null;

/** What the app does with a replica in its first minutes: brings it in step, empties the outbox, answers the page, looks through the file. */
export async function work(db: WriteDb, file: string, server: ScriptedServer): Promise<Met> {
  const met = (await inStep(db, server)) ?? questions(file);
  // What was not foreseen makes the writer look through the file, as it would half a minute after its start.
  return met === null || met.by === 'stuck' ? (checked(file) ?? met) : met;
}

async function inStep(db: WriteDb, server: ScriptedServer): Promise<Met> {
  const session: StoredSession = { refreshToken: 'r', operator: sampleOperator };
  let loop: SyncLoop | null = null;
  let guard: NodeJS.Timeout | null = null;
  try {
    return await new Promise<Met>((resolve) => {
      guard = setTimeout(() => resolve({ by: 'stuck', reason: 'no end in 60 s' }), 60_000);
      db.onDamage = (found) => resolve({ by: 'sync', reason: found.message });
      const heard = (status: SyncStatus) => {
        if (status.state === 'offline' || status.state === 'blocked' || status.state === 'signedOut')
          resolve({ by: 'stuck', reason: `${status.state}: ${status.reason}` });
        if (status.state !== 'live' || status.pending > 0) return;
        if (casesWithOpenCommands(db).length === 0) resolve(null);
      };
      loop = new SyncLoop({
        db,
        transport: () => server,
        store: { load: () => session, save: () => undefined, clear: () => undefined },
        clock: { now: () => later },
        random: () => 0.5,
        timers: { after: () => () => undefined },
        serverUrl: 'http://central',
        workstation: 'ws',
        account: null,
        sweep: null,
        onStatus: heard,
        onChanged: () => undefined,
        onTrouble: (kind, message) =>
          resolve(
            kind === 'replicaDamaged'
              ? { by: 'sync', reason: message }
              : { by: 'stuck', reason: `${kind}: ${message}` },
          ),
      });
      loop.start();
    });
  } catch (error) {
    const failure = asDamage(error);
    if (!isDamage(failure)) throw error;
    return { by: 'sync', reason: failure.message };
  } finally {
    if (guard) clearTimeout(guard);
    await (loop as SyncLoop | null)?.stop();
    db.onDamage = null;
  }
}

/** What a page asks in its first minutes. */
function questions(file: string): Met {
  try {
    const db = openRead(file);
    try {
      const ask = queryHandlers(db, (now) => now());
      const filter = { ...sampleFilter, asOf: later };
      ask.register({});
      ask.areaCounts({ filter });
      ask.mapClusters({ filter, bbox: [118, 25, 119, 26], zoom: 10 });
      for (const text of ['', '排水', '宅', 'cunganbu'])
        for (const sort of ['due', 'recorded'] as const) {
          const { rows } = ask.openList({ filter: { ...filter, text }, sort, limit: 500 });
          for (const row of rows.slice(0, 10)) ask.caseDetail({ caseId: row.id });
        }
      ask.conflicts({});
      ask.pendingCommands({});
    } finally {
      db.close();
    }
    return null;
  } catch (error) {
    const failure = asDamage(error);
    if (isDamage(failure)) return { by: 'query', reason: failure.message };
    return { by: 'stuck', reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

function checked(file: string): Met {
  const reason = findDamage(file);
  return reason === null ? null : { by: 'check', reason };
}
