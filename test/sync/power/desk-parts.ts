import type { Desk } from '../../../electron/db/commands/give.ts';
import { openWrite } from '../../../electron/db/connection.ts';
import { openReplica } from '../../../electron/db/heal/open-replica.ts';
import { sampleInstant, sampleOperator } from '../../../electron/db/sample.test-support.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import { SyncLoop } from '../../../electron/sync/replica.ts';
import { ScriptedServer } from '../../../electron/sync/scripted-transport.test-support.ts';
import type { Timers } from '../../../electron/sync/timers.ts';
import { commandHandlers } from '../../../electron/workers/command-handlers.ts';
import type { FailureKind } from '../../../shared/errors.ts';
import type { CommandHandlers } from '../../../shared/ipc/contract.ts';
import type { SyncStatus } from '../../../shared/model/sync-status.ts';

/** The replica with the side file of its outbox, as the app opens it, or the replica alone. Neither may find anything to heal after a mere cut. */
export function openDesk(file: string, sideFile: boolean): WriteDb {
  if (!sideFile) return openWrite(file);
  const { db, healed } = openReplica(file, { now: () => sampleInstant });
  if (healed === null) return db;
  db.close();
  throw new Error(`taken for damaged: ${healed.reason}`);
}

/** When nothing given by a desk whose clock stands can be taken back any more. */
export const whenItLeaves = sampleInstant + 3_600_000;

/** The writer's parts over one connection: the real handlers and the real loop, on a server in memory. */
export interface DeskParts {
  handlers: CommandHandlers;
  loop: SyncLoop;
  /** Ids given out, in order. */
  ids: string[];
}

export function deskParts(
  db: WriteDb,
  options: {
    firstId: number;
    server?: ScriptedServer;
    timers?: Timers;
    /** The present instant, ms; stands still without. */
    now?(): number;
    onStatus?(status: SyncStatus): void;
    onTrouble?(kind: FailureKind, message: string): void;
  },
): DeskParts {
  const ids: string[] = [];
  const now = options.now ?? (() => sampleInstant);
  const desk: Desk = {
    db,
    now,
    newId: () => {
      const id = `command-${String(options.firstId + ids.length).padStart(6, '0')}`;
      ids.push(id);
      return id;
    },
    workstation: 'desk',
  };
  const loop = new SyncLoop({
    db,
    transport: () => options.server ?? new ScriptedServer(),
    store: {
      load: () => ({ refreshToken: 'r', operator: sampleOperator }),
      save: () => undefined,
      clear: () => undefined,
    },
    clock: { now },
    random: () => 0.5,
    timers: options.timers ?? { after: () => () => undefined },
    serverUrl: 'http://central',
    workstation: 'desk',
    account: null,
    onStatus: options.onStatus ?? (() => undefined),
    onChanged: () => undefined,
    onTrouble: options.onTrouble,
  });
  return { handlers: commandHandlers(desk, loop, () => undefined), loop, ids };
}
