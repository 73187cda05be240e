import { Failure, failureFromShape } from '../../shared/errors.ts';
import {
  bridgeName,
  launchChanged,
  linkArrived,
  portMessages,
  portsWanted,
  type WorkerKind,
} from '../../shared/ipc/channels.ts';
import {
  type CommandArgs,
  type CommandName,
  type CommandResultOf,
  type EventName,
  type EventPayload,
  events,
  type QueryArgs,
  type QueryName,
  type QueryResult,
  type ShellArgs,
  type ShellName,
  type ShellResult,
} from '../../shared/ipc/contract.ts';
import type { PortFrame } from '../../shared/ipc/frames.ts';
import { syncTableNames } from '../../shared/protocol/tables.ts';

/** What the preload exposes on window. The answer is a value or a failure in its plain shape; it never throws across the bridge. */
interface ShellBridge {
  call(name: string, args: unknown): Promise<{ ok: true; value: unknown } | { ok: false; failure: never }>;
}

const timeoutMs = 30_000;
const restarted = 'restarted';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Failure): void;
  timer: ReturnType<typeof setTimeout>;
}

/** One end of a MessagePort: numbers requests, matches answers, never leaves a caller waiting for ever. */
class PortClient {
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 1;
  private readonly port: MessagePort;

  constructor(port: MessagePort, onEvent: (name: string, payload: unknown) => void) {
    this.port = port;
    port.onmessage = (message: MessageEvent<PortFrame>) => {
      const frame = message.data;
      if (frame.type === 'event') onEvent(frame.name, frame.payload);
      else this.settle(frame);
    };
    port.start();
  }

  request(name: string, args: unknown): Promise<unknown> {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(id);
        reject(new Failure('timeout', `${name} was not answered within ${timeoutMs} ms`, { retry: true }));
      }, timeoutMs);
      this.waiting.set(id, { resolve, reject, timer });
      this.port.postMessage({ id, name, args });
    });
  }

  /** The worker behind it is gone or has a newer port: what still waits learns so. */
  retire(): void {
    this.port.close();
    for (const waiting of this.waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(new Failure('timeout', 'the worker was started anew', { retry: true, detail: restarted }));
    }
    this.waiting.clear();
  }

  private settle(frame: Extract<PortFrame, { type: 'answer' }>): void {
    const waiting = this.waiting.get(frame.id);
    if (!waiting) return;
    this.waiting.delete(frame.id);
    clearTimeout(waiting.timer);
    if (frame.ok) waiting.resolve(frame.value);
    else waiting.reject(failureFromShape(frame.failure));
  }
}

type Listener<N extends EventName> = (payload: EventPayload<N>) => void;
const listeners: { [N in EventName]: Set<Listener<N>> } = { syncStatus: new Set(), changed: new Set() };
let lastStatus: EventPayload<'syncStatus'> | null = null;

function dispatchEvent(name: string, payload: unknown): void {
  if (name === 'syncStatus') {
    lastStatus = events.syncStatus.parse(payload);
    for (const listener of listeners.syncStatus) listener(lastStatus);
  } else if (name === 'changed') {
    const change = events.changed.parse(payload);
    for (const listener of listeners.changed) listener(change);
  }
}

/** The present port of each worker; a restarted worker brings a new one, and whoever asks in between waits for it. */
const clients: Record<WorkerKind, PortClient | null> = { reader: null, writer: null };
const waitingForPort: Record<WorkerKind, ((client: PortClient) => void)[]> = { reader: [], writer: [] };
/** Names of everything the page watches. */
const allTables: string[] = [...syncTableNames];
const launchListeners = new Set<() => void>();
const linkListeners = new Set<() => void>();

function take(kind: WorkerKind, port: MessagePort): void {
  const client = new PortClient(port, dispatchEvent);
  const old = clients[kind];
  clients[kind] = client;
  for (const resolve of waitingForPort[kind].splice(0)) resolve(client);
  old?.retire();
  // Changes told to nobody while the reader or the writer was away: everything shown is asked for again.
  if (old) for (const listener of listeners.changed) listener({ tables: allTables, caseIds: null });
}

window.addEventListener('message', (message) => {
  if (message.source !== window) return;
  const [port] = message.ports;
  if (message.data === launchChanged) for (const listener of launchListeners) listener();
  else if (message.data === linkArrived) for (const listener of linkListeners) listener();
  else if (port && message.data === portMessages.reader) take('reader', port);
  else if (port && message.data === portMessages.writer) take('writer', port);
});
window.postMessage(portsWanted, window.location.origin);

function clientOf(kind: WorkerKind): Promise<PortClient> {
  const client = clients[kind];
  return client ? Promise.resolve(client) : new Promise((resolve) => waitingForPort[kind].push(resolve));
}

/** Questions of the present moment: two parts of the page that ask the same at once get one answer. */
const asking = new Map<string, Promise<unknown>>();

/** Asks the reader. Rejects with a `Failure`. The answer may be shared: nobody changes it. */
export function query<N extends QueryName>(name: N, args: QueryArgs<N>): Promise<QueryResult<N>> {
  const key = `${name} ${JSON.stringify(args)}`;
  const same = asking.get(key);
  if (same !== undefined) return same as Promise<QueryResult<N>>;
  const answer = ask(name, args);
  asking.set(key, answer);
  // No longer than this moment: whoever asks after a change must not get an answer from before it.
  queueMicrotask(() => asking.delete(key));
  return answer;
}

/** Once more if the reader was restarted meanwhile: asking changes nothing. */
async function ask<N extends QueryName>(name: N, args: QueryArgs<N>): Promise<QueryResult<N>> {
  try {
    return (await (await clientOf('reader')).request(name, args)) as QueryResult<N>;
  } catch (error) {
    if (!(error instanceof Failure) || error.detail !== restarted) throw error;
    return (await (await clientOf('reader')).request(name, args)) as QueryResult<N>;
  }
}

/**
 * Asks the writer; the answer means that the command is durable. Rejects with a `Failure`; `timeout` leaves open whether it was kept, so a command is
 * never sent twice by itself.
 */
export async function command<N extends CommandName>(name: N, args: CommandArgs<N>): Promise<CommandResultOf<N>> {
  return (await (await clientOf('writer')).request(name, args)) as CommandResultOf<N>;
}

/** Calls back when `launchInfo` has something new; returns the function that stops it. */
export function onLaunchChanged(listener: () => void): () => void {
  launchListeners.add(listener);
  return () => {
    launchListeners.delete(listener);
  };
}

/** Calls back when `takeLink` has something new; returns the function that stops it. */
export function onLinkArrived(listener: () => void): () => void {
  linkListeners.add(listener);
  return () => {
    linkListeners.delete(listener);
  };
}

/** Asks main for what only the operating system can do. Rejects with a `Failure`. */
export async function shellCall<N extends ShellName>(name: N, args: ShellArgs<N>): Promise<ShellResult<N>> {
  const bridge = (window as unknown as Record<string, ShellBridge | undefined>)[bridgeName];
  if (!bridge) throw new Failure('internal', 'the page runs without its preload script');
  const answer = await bridge.call(name, args);
  if (!answer.ok) throw failureFromShape(answer.failure);
  return answer.value as ShellResult<N>;
}

/** Listens to the writer; returns the function that stops listening. A late listener of syncStatus gets the last one at once. */
export function onEvent<N extends EventName>(name: N, listener: Listener<N>): () => void {
  listeners[name].add(listener);
  if (name === 'syncStatus' && lastStatus) (listener as Listener<'syncStatus'>)(lastStatus);
  return () => {
    listeners[name].delete(listener);
  };
}
