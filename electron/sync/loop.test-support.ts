import { beforeEach } from 'vitest';
import type { Case } from '../../shared/model/case.ts';
import type { SyncStatus } from '../../shared/model/sync-status.ts';
import type { Desk } from '../db/commands/give.ts';
import { urgeResponsibles } from '../db/commands/urge-responsibles.ts';
import { sampleDesk } from '../db/desk.test-support.ts';
import { casesWithOpenCommands } from '../db/outbox.ts';
import { rowOfValues } from '../db/rows.ts';
import { memoryReplica, sampleCase, sampleInstant, sampleRegister } from '../db/sample.test-support.ts';
import type { ServerLine } from '../db/server-rows.ts';
import type { WriteDb } from '../db/statements.ts';
import { SyncLoop } from './replica.ts';
import { ScriptedServer } from './scripted-transport.test-support.ts';
import type { StoredSession } from './session.ts';

/**
 * A loop on a replica in memory and a scripted server, made anew before each test of the file that imports this: `begin` starts it. The names below
 * are those of the running test.
 */

/** Time turned by hand. */
export class HandTimers {
  now = sampleInstant;
  private readonly planned = new Set<{ at: number; call: () => void }>();
  after(ms: number, call: () => void) {
    const one = { at: this.now + ms, call };
    this.planned.add(one);
    return () => void this.planned.delete(one);
  }
  turn(ms: number): void {
    this.now += ms;
    for (const one of [...this.planned].filter((planned) => planned.at <= this.now)) {
      this.planned.delete(one);
      one.call();
    }
  }
}

export let db: WriteDb;
export let server: ScriptedServer;
export let timers: HandTimers;
export let loop: SyncLoop;
export let status: SyncStatus;
let waiting: { until: (status: SyncStatus) => boolean; done: () => void }[];
let stored: StoredSession | null;
export let desk: Desk;

const rowLine = (line: ServerLine) => {
  if (line.kind !== 'row') throw new Error('a row is wanted');
  return { t: 'row', table: line.table, data: rowOfValues(line.table, line.values) } as const;
};
export const caseLine = (id: string, rev: number, patch: Partial<Case> = {}) =>
  ({ t: 'row', table: 'case', data: sampleCase(id, { ...patch, rev }) }) as const;
const giveUrge = (...caseIds: string[]) =>
  urgeResponsibles(desk, { caseIds, degree: 'red', postKinds: [], note: '' }).queued.map((one) => one.commandId);
/** One urging a case: each leaves at once. */
export const urge = (...caseIds: string[]) => {
  const ids = caseIds.flatMap((caseId) => giveUrge(caseId));
  loop.queued();
  return ids;
};
/** One urging of all of them: it can be taken back for ten seconds. */
export const urgeTogether = (...caseIds: string[]) => {
  const ids = giveUrge(...caseIds);
  loop.queued();
  return ids;
};

export function begin(account: { username: string; password: string } | null = { username: 'u', password: 'p' }): void {
  loop = new SyncLoop({
    db,
    transport: () => server,
    store: {
      load: () => stored,
      save: (session) => {
        stored = session;
      },
      clear: () => {
        stored = null;
      },
    },
    clock: { now: () => timers.now },
    random: () => 0.5,
    timers,
    serverUrl: 'http://central',
    workstation: 'ws',
    account,
    onStatus: (next) => {
      status = next;
      for (const one of waiting.filter(({ until }) => until(next))) {
        waiting.splice(waiting.indexOf(one), 1);
        one.done();
      }
    },
    onChanged: () => undefined,
  });
  desk = sampleDesk(db, () => timers.now);
  loop.start();
}

/** Resolves when a status says so. */
export function until(condition: (status: SyncStatus) => boolean): Promise<void> {
  if (status && condition(status)) return Promise.resolve();
  return new Promise((done) => waiting.push({ until: condition, done }));
}
export const live = () => until((one) => one.state === 'live');
export const drained = () =>
  until((one) => one.state === 'live' && one.pending === 0 && casesWithOpenCommands(db).length === 0);

beforeEach(() => {
  db = memoryReplica();
  server = new ScriptedServer();
  server.snapshotLines = [
    ...sampleRegister().map(rowLine),
    { t: 'mark', after: 'register' },
    ...['a', 'b', 'c'].map((id) => caseLine(id, 1)),
    { t: 'mark', after: 'cases' },
  ];
  timers = new HandTimers();
  waiting = [];
  stored = null;
  return async () => {
    await loop.stop();
  };
});
