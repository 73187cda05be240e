import { hostname } from 'node:os';
import { join } from 'node:path';
import { Failure, shapeOfFailure } from '../../shared/errors.ts';
import { commands, type EventName, type EventPayload } from '../../shared/ipc/contract.ts';
import type { PortFrame } from '../../shared/ipc/frames.ts';
import { type FromWorker, toWorkerSchema, type WorkerConfig } from '../../shared/ipc/worker.ts';
import { openReplica } from '../db/heal/open-replica.ts';
import type { WriteDb } from '../db/statements.ts';
import { createHttpTransport } from '../sync/http-transport.ts';
import { SyncLoop } from '../sync/replica.ts';
import { type StoredSession, storedSessionSchema } from '../sync/session.ts';
import { systemTimers } from '../sync/timers.ts';
import { commandHandlers, deskOf } from './command-handlers.ts';
import { damageReporter } from './damage-report.ts';
import { LookThrough } from './look-through.ts';
import { mergeChanges } from './merge-changes.ts';
import { type Port, parentPort } from './port.ts';
import { notedFetch } from './request-log.ts';
import { servePort } from './serve-port.ts';
import { startTermsThread } from './terms-thread.ts';
import { throttled } from './throttle.ts';

/** Entry of the writer: the one write connection, the commands, the sync loop. */
const parent = parentPort();
const pages = new Set<Port>();
let serve: ((port: Port) => void) | null = null;

parent.on('message', ({ data, ports }) => {
  const message = toWorkerSchema.safeParse(data);
  if (!message.success) return;
  if (message.data.type === 'start' && serve === null) start(message.data.config);
  for (const port of ports) attach(port);
});

function toMain(message: FromWorker): void {
  parent.postMessage(message);
}

function attach(port: Port): void {
  pages.add(port);
  port.on('close', () => pages.delete(port));
  serve?.(port);
}

function toPages<N extends EventName>(name: N, payload: EventPayload<N>): void {
  const frame: PortFrame = { type: 'event', name, payload };
  for (const port of pages) port.postMessage(frame);
}

function start(config: WorkerConfig): void {
  try {
    const { db, healed, restored } = openReplica(config.replicaFile, {
      now: () => Date.now(),
      later: (work) => setImmediate(work),
      onSlow: ({ sql, ms }) => console.warn(`slow write ${ms} ms: ${sql}`),
    });
    const damaged = damageReporter(config.replicaFile, toMain);
    db.onDamage = (found) => damaged(found.message);
    serve = open(config, db, damaged);
    if (restored > 0) console.warn(`${restored} commands were brought back from the side file`);
    if (healed) console.warn(`the replica was damaged (${healed.reason}) and is made anew`);
    toMain({
      type: 'ready',
      healed: healed && {
        at: healed.at,
        movedTo: healed.movedTo,
        pending: healed.pending,
        rejected: healed.rejected,
      },
    });
  } catch (error) {
    const { kind, message, detail } = shapeOfFailure(error);
    toMain({ type: 'fatal', failure: { kind, message, detail } });
    // The page still gets an answer to whatever it asks.
    serve = (port) => servePort(port, commands, refusing(error));
  }
  for (const port of pages) serve(port);
}

function refusing(error: unknown) {
  const refuse = async () => {
    throw error instanceof Failure ? error : new Failure('internal', 'the replica is not open', { cause: error });
  };
  return Object.fromEntries(Object.keys(commands).map((name) => [name, refuse]));
}

function open(config: WorkerConfig, db: WriteDb, damaged: (reason: string) => void): (port: Port) => void {
  const clock = { now: () => Date.now() };
  const look = new LookThrough(config.replicaFile, join(import.meta.dirname, 'checker.js'), damaged);
  const tellStatus = throttled(100, systemTimers, (status: EventPayload<'syncStatus'>) =>
    toPages('syncStatus', status),
  );
  let held: EventPayload<'changed'> | null = null;
  const flush = throttled(50, systemTimers, () => {
    if (held) toPages('changed', held);
    held = null;
  });
  const tellChanged = (changed: EventPayload<'changed'>) => {
    const { tables, caseIds } = changed;
    held = held ? mergeChanges(held, { tables, caseIds }) : { tables, caseIds };
    flush(undefined);
  };
  const loop = new SyncLoop({
    db,
    transport: (onServerTime) =>
      createHttpTransport({
        serverUrl: config.serverUrl,
        clock,
        onServerTime,
        fetch: notedFetch(process.env.XIANYOU_REQUEST_LOG),
      }),
    store: sessionOf(config),
    clock,
    random: Math.random,
    timers: systemTimers,
    serverUrl: config.serverUrl,
    workstation: config.workstation === '' ? hostname() : config.workstation,
    account: config.demo,
    startMaker: () => startTermsThread(join(import.meta.dirname, 'make-terms.js'), config.replicaFile),
    onStatus: tellStatus,
    onChanged: tellChanged,
    onTrouble: (kind, message) => {
      console.warn(`sync ${kind}: ${message}`);
      if (kind === 'replicaDamaged') damaged(message);
      // Not foreseen: a row that is not as it was written may be behind it.
      if (kind === 'internal') look.start();
    },
  });
  const handlers = commandHandlers(deskOf(db, loop, config.workstation), loop, tellChanged);
  loop.start();
  return (port) => {
    servePort(port, commands, handlers);
    const frame: PortFrame = { type: 'event', name: 'syncStatus', payload: loop.status() };
    port.postMessage(frame);
  };
}

/** The session in memory; main keeps it, sealed, across restarts. */
function sessionOf(config: WorkerConfig) {
  const parsed = storedSessionSchema.safeParse(config.session);
  let session: StoredSession | null = parsed.success ? parsed.data : null;
  return {
    load: () => session,
    save(next: StoredSession) {
      session = next;
      toMain({ type: 'session', value: next });
    },
    clear() {
      session = null;
      toMain({ type: 'session', value: null });
    },
  };
}
