import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import type { WorkerKind } from '../../shared/ipc/channels.ts';
import {
  type FromWorker,
  fromWorkerSchema,
  type HealedNotice,
  type ToWorker,
  type WorkerConfig,
} from '../../shared/ipc/worker.ts';
import type { Log } from './log.ts';

export type Fatal = Extract<FromWorker, { type: 'fatal' }>['failure'];
export interface WorkerEvents {
  /** A worker has a new port for the page. */
  port(kind: WorkerKind, port: MessagePortMain): void;
  session(value: Extract<FromWorker, { type: 'session' }>['value']): void;
  /** The replica cannot be opened; null: it can again. */
  fatal(failure: Fatal | null): void;
  /** The replica was damaged and stands anew. */
  healed(notice: HealedNotice): void;
}

const firstWaitMs = 200;
const longestWaitMs = 10_000;
/** A worker that lived this long had started well: its next fall is a first one. */
const steadyMs = 60_000;

/**
 * Starts the writer and, once it has opened the replica, the reader; starts either again when it falls, later each time. Ports are handed out
 * before the workers listen: a MessagePort keeps what is sent until then.
 */
export class Workers {
  private readonly processes: Record<WorkerKind, UtilityProcess | null> = { reader: null, writer: null };
  private readonly falls: Record<WorkerKind, number> = { reader: 0, writer: 0 };
  /** Ends of ports made before their worker was there. */
  private readonly early: Record<WorkerKind, MessagePortMain[]> = { reader: [], writer: [] };
  private readonly folder: string;
  private readonly config: () => WorkerConfig;
  private readonly on: WorkerEvents;
  private readonly log: Log;
  private readonly told: Record<WorkerKind, boolean> = { reader: false, writer: false };
  private writerReady = false;
  private pageThere = false;
  private stopping = false;
  private closing = false;
  private timers = new Set<NodeJS.Timeout>();

  constructor(folder: string, config: () => WorkerConfig, on: WorkerEvents, log: Log) {
    this.folder = folder;
    this.config = config;
    this.on = on;
    this.log = log;
  }

  /** Both processes are launched at once; the reader is told to begin when the writer has made or migrated the replica. */
  start(): void {
    this.stopping = false;
    this.launch('writer');
    this.launch('reader');
  }

  /** A page is there and listens: gives it a port to each worker. */
  connectPage(): void {
    this.pageThere = true;
    this.connect('reader');
    this.connect('writer');
  }

  /** The app is being closed: a worker that ends now is not started again. */
  letGo(): void {
    this.closing = true;
    this.stopping = true;
  }

  /** Ends both and resolves when they are gone, so that the replica's file can be moved. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    await Promise.all(
      (['writer', 'reader'] as const).map(async (kind) => {
        const child = this.processes[kind];
        if (!child) return;
        const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
        child.kill();
        await gone;
      }),
    );
  }

  /** Starts both anew with the file closed in between: the writer then sets a new one in the place of the one marked as damaged. */
  private async renew(): Promise<void> {
    if (this.stopping) return;
    await this.stop();
    if (this.closing) return;
    this.start();
    if (this.pageThere) this.connectPage();
  }

  private launch(kind: WorkerKind): void {
    const startedAt = performance.now();
    const child = utilityProcess.fork(join(this.folder, `${kind}.js`), [], {
      serviceName: `xianyou-${kind}`,
      stdio: 'inherit',
    });
    this.processes[kind] = child;
    this.told[kind] = false;
    child.on('message', (message) => this.receive(kind, message));
    child.once('exit', (code) => this.fell(kind, child, code, performance.now() - startedAt));
    if (kind === 'writer') this.begin('writer');
    else if (this.writerReady) this.begin('reader');
  }

  private begin(kind: WorkerKind): void {
    const child = this.processes[kind];
    if (!child || this.told[kind]) return;
    this.told[kind] = true;
    this.send(child, { type: 'start', config: this.config() }, []);
    for (const port of this.early[kind].splice(0)) this.send(child, { type: 'port' }, [port]);
  }

  private connect(kind: WorkerKind): void {
    const { port1, port2 } = new MessageChannelMain();
    const child = this.processes[kind];
    if (child && this.told[kind]) this.send(child, { type: 'port' }, [port2]);
    else this.early[kind].push(port2);
    this.on.port(kind, port1);
  }

  private send(child: UtilityProcess, message: ToWorker, ports: MessagePortMain[]): void {
    child.postMessage(message, ports);
  }

  private receive(kind: WorkerKind, message: unknown): void {
    const parsed = fromWorkerSchema.safeParse(message);
    if (!parsed.success) {
      this.log.warn('worker.unknownMessage', { kind });
      return;
    }
    switch (parsed.data.type) {
      case 'ready':
        this.log.info('worker.ready', { kind });
        if (kind === 'writer') {
          this.writerReady = true;
          this.on.fatal(null);
          if (parsed.data.healed) {
            this.log.warn('replica.healed', parsed.data.healed);
            this.on.healed(parsed.data.healed);
          }
          this.begin('reader');
        }
        break;
      case 'session':
        this.on.session(parsed.data.value);
        break;
      case 'damaged':
        this.log.warn('replica.damaged', { kind, reason: parsed.data.reason });
        void this.renew();
        break;
      case 'fatal':
        this.log.warn('worker.fatal', { kind, failure: parsed.data.failure });
        if (kind === 'writer') this.writerReady = false;
        this.on.fatal(parsed.data.failure);
        break;
      default:
        parsed.data satisfies never;
    }
  }

  private fell(kind: WorkerKind, child: UtilityProcess, code: number, livedMs: number): void {
    if (this.processes[kind] !== child) return;
    this.processes[kind] = null;
    this.told[kind] = false;
    if (kind === 'writer') this.writerReady = false;
    if (this.stopping) return;
    this.falls[kind] = livedMs > steadyMs ? 1 : this.falls[kind] + 1;
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** (this.falls[kind] - 1));
    this.log.warn('worker.fell', { kind, code, livedMs: Math.round(livedMs), waitMs });
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.launch(kind);
      if (this.pageThere) this.connect(kind);
    }, waitMs);
    this.timers.add(timer);
  }
}
