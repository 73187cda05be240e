import { monotonicFactory } from 'ulid';
import { urgeResponsibles } from '../../../electron/db/commands/urge-responsibles.ts';
import { openRead } from '../../../electron/db/connection.ts';
import { openReplica } from '../../../electron/db/heal/open-replica.ts';
import { queryHandlers } from '../../../electron/db/queries/handlers.ts';
import type { ReadDb, WriteDb } from '../../../electron/db/statements.ts';
import type { QueryHandlers } from '../../../shared/ipc/contract.ts';
import { type DeskLoop, startDeskLoop } from '../desk-loop.ts';
import { compareTiles, type TileTimes } from './compare-tiles.ts';
import { asOf } from './county.ts';
import type { Question } from './filters.ts';

export interface Asked {
  id: number;
  name: keyof Methods;
  args: unknown[];
}
/** One question's times, ms: until its answer, and what the answer left for later, the longest stretch without a pause. */
export interface Times {
  name: string;
  answers: number[];
  later: number[];
}

let writer: WriteDb | null = null;
let writtenFile = '';
let loop: DeskLoop | null = null;
let reader: { db: ReadDb; handlers: QueryHandlers } | null = null;
/** What answers left for later, while it is timed; else it runs as in the app, piece by piece, with room for questions between. */
const left: (() => void)[] = [];
let timing = false;
const later = (work: () => void): void => {
  if (timing) left.push(work);
  else setImmediate(work);
};

function theWriter(): WriteDb {
  if (!writer) throw new Error('no replica is open for writing');
  return writer;
}
function theReader(): { db: ReadDb; handlers: QueryHandlers } {
  if (!reader) throw new Error('no replica is open for reading');
  return reader;
}

/** Slices of what an answer left that are timed; a list of a million has many, all alike. */
const timedSlices = 10;

function settle(): number {
  let longest = 0;
  for (let slice = 0; slice < timedSlices; slice += 1) {
    const work = left.shift();
    if (!work) break;
    const startedAt = performance.now();
    work();
    longest = Math.max(longest, performance.now() - startedAt);
  }
  left.length = 0;
  return longest;
}

const firstRows = 200;

const methods = {
  /** Opens (makes, migrates) a replica for writing as the app does, with the side file of its outbox; ms. */
  openWriter(file: string): number {
    const startedAt = performance.now();
    const opened = openReplica(file, { now: () => Date.now(), later: (work) => setImmediate(work) });
    if (opened.healed) throw new Error(`the replica was damaged: ${opened.healed.reason}`);
    writer = opened.db;
    writtenFile = file;
    return performance.now() - startedAt;
  },
  /** From the start of the sync loop until it is live, ms, and the processor time of this process, s. The loop goes on. */
  async sync(serverUrl: string): Promise<{ ms: number; processor: number }> {
    const before = process.cpuUsage();
    loop = startDeskLoop(theWriter(), writtenFile, serverUrl);
    const ms = await loop.live;
    const { user, system } = process.cpuUsage(before);
    return { ms, processor: (user + system) / 1e6 };
  },
  async stopSync(): Promise<void> {
    await loop?.stop();
    loop = null;
  },
  async close(): Promise<void> {
    await loop?.stop();
    writer?.close();
    reader?.db.close();
    writer = reader = loop = null;
  },
  /**
   * Urges each of these lots of cases in one transaction, as the writer does for the page; ms a lot until the answer, how long the process is busy
   * after it at most, and how many were queued in the last.
   */
  async urge(lots: string[][]): Promise<{ ms: number[]; afterMs: number; queued: number }> {
    const ulid = monotonicFactory();
    const now = () => asOf;
    const desk = { db: theWriter(), now, newId: () => ulid(now()), workstation: 'bench' };
    const ms: number[] = [];
    let afterMs = 0;
    let queued = 0;
    for (const caseIds of lots) {
      const startedAt = performance.now();
      queued = urgeResponsibles(desk, { caseIds, degree: 'yellow', postKinds: [], note: '' }).queued.length;
      const answeredAt = performance.now();
      ms.push(answeredAt - startedAt);
      // What an answer leaves for later runs before this.
      await new Promise((wake) => setImmediate(wake));
      afterMs = Math.max(afterMs, performance.now() - answeredAt);
    }
    return { ms, afterMs, queued };
  },
  openReader(file: string): void {
    const db = openRead(file);
    reader = { db, handlers: queryHandlers(db, later) };
  },
  ask<N extends keyof QueryHandlers>(name: N, args: Parameters<QueryHandlers[N]>[0]): ReturnType<QueryHandlers[N]> {
    return theReader().handlers[name](args as never) as ReturnType<QueryHandlers[N]>;
  },
  /** Asks each for its first rows, `rounds` times in turns. */
  lists(questions: Question[], rounds: number): Times[] {
    const { handlers } = theReader();
    const times = questions.map(({ name }): Times => ({ name, answers: [], later: [] }));
    timing = true;
    for (let round = 0; round < rounds; round += 1)
      for (const [index, { filter, sort }] of questions.entries()) {
        const startedAt = performance.now();
        handlers.openList({ filter, sort, limit: firstRows });
        times[index]?.answers.push(performance.now() - startedAt);
        times[index]?.later.push(settle());
      }
    timing = false;
    return times;
  },
  /** The counts of each filter by the replica, by a scan and by DuckDB, in turns. */
  tiles(filters: { name: string; filter: Question['filter'] }[], rounds: number, file: string): Promise<TileTimes[]> {
    return compareTiles(theReader(), filters, rounds, file);
  },
  rss(): number {
    globalThis.gc?.();
    return process.memoryUsage().rss / 2 ** 20;
  },
};
export type Methods = typeof methods;

process.on('message', (message) => {
  const { id, name, args } = message as Asked;
  Promise.resolve()
    .then(() => (methods[name] as (...args: unknown[]) => unknown)(...args))
    .then((value) => process.send?.({ id, value }))
    .catch((error: unknown) => process.send?.({ id, error: error instanceof Error ? error.stack : String(error) }));
});
process.on('disconnect', () => process.exit(0));
