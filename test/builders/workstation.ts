import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWrite } from '../../electron/db/connection.ts';
import { casesWithOpenCommands } from '../../electron/db/outbox.ts';
import type { WriteDb } from '../../electron/db/statements.ts';
import { createHttpTransport } from '../../electron/sync/http-transport.ts';
import { SyncLoop } from '../../electron/sync/replica.ts';
import type { StoredSession } from '../../electron/sync/session.ts';
import { systemTimers } from '../../electron/sync/timers.ts';
import { Verify } from '../../electron/sync/verify.ts';
import type { SweepPace } from '../../electron/sync/verify-sweep.ts';
import { commandHandlers, deskOf } from '../../electron/workers/command-handlers.ts';
import type { CommandHandlers } from '../../shared/ipc/contract.ts';
import type { SyncStatus } from '../../shared/model/sync-status.ts';
import { password } from './small-county.ts';

/** A workstation without a window: a real replica file, the real loop over HTTP, the real command handlers. */
export class Workstation {
  readonly file: string;
  readonly commands: CommandHandlers;
  readonly db: WriteDb;
  private readonly loop: SyncLoop;
  private session: StoredSession | null;
  private status: SyncStatus | null = null;
  private readonly waiting = new Set<{ until: (status: SyncStatus) => boolean; done: () => void }>();

  /** `username` null: no account to sign in with by itself. */
  constructor(
    serverUrl: string,
    options: {
      file?: string;
      session?: StoredSession | null;
      username?: string | null;
      sweep?: Partial<SweepPace> | null;
      fetch?: typeof fetch;
      random?: () => number;
    } = {},
  ) {
    const { file = join(mkdtempSync(join(tmpdir(), 'workstation-')), 'replica.db'), username = 'dispatcher' } = options;
    this.file = file;
    this.session = options.session ?? null;
    this.db = openWrite(file);
    const clock = { now: () => Date.now() };
    this.loop = new SyncLoop({
      db: this.db,
      transport: (onServerTime) => createHttpTransport({ serverUrl, clock, onServerTime, fetch: options.fetch }),
      store: {
        load: () => this.session,
        save: (session) => {
          this.session = session;
        },
        clear: () => {
          this.session = null;
        },
      },
      clock,
      random: options.random ?? Math.random,
      timers: systemTimers,
      serverUrl,
      workstation: 'test',
      account: username === null ? null : { username, password },
      sweep: options.sweep,
      onStatus: (status) => this.heard(status),
      onChanged: () => undefined,
    });
    this.commands = commandHandlers(deskOf(this.db, this.loop, 'test'), this.loop, () => undefined);
    this.loop.start();
  }

  get now(): SyncStatus {
    return this.loop.status();
  }

  get stored(): StoredSession | null {
    return this.session;
  }

  /** Resolves when a status says so. */
  until(condition: (status: SyncStatus) => boolean): Promise<void> {
    if (this.status && condition(this.status)) return Promise.resolve();
    return new Promise((done) => this.waiting.add({ until: condition, done }));
  }

  live(): Promise<void> {
    return this.until((status) => status.state === 'live');
  }

  /** In step, nothing waiting, nothing accepted whose effect is still to come. */
  drained(): Promise<void> {
    return this.until(
      (status) => status.state === 'live' && status.pending === 0 && casesWithOpenCommands(this.db).length === 0,
    );
  }

  /** Ids of rows, `table/id`, that the replica holds otherwise than the server at `url` gives them to the operator, contents too; the server must stand still. */
  async differences(url: string, username = 'dispatcher'): Promise<string[]> {
    const signal = new AbortController().signal;
    const transport = createHttpTransport({
      serverUrl: url,
      clock: { now: () => Date.now() },
      onServerTime: () => undefined,
    });
    const { accessToken } = await transport.login({ username, password, workstation: 'digest' }, signal);
    const session = { with: <T>(_: AbortSignal, call: (token: string) => Promise<T>) => call(accessToken) };
    const pause = async () => undefined;
    const host = { db: this.db, transport, session, pause, mend: null, repaired: () => undefined };
    const verify = new Verify(host, { mode: 'content', repair: false });
    const ended = await verify.run(signal);
    const { differences, unsettled } = verify.report;
    if (!ended || unsettled > 0) return [`not comparable: ${unsettled} ranges`];
    return differences.flatMap(({ table, missing, stale, extra }) =>
      [...missing, ...stale, ...extra].map((id) => `${table}/${id}`),
    );
  }

  /** Compares with the server by the running loop. */
  verify(...args: Parameters<SyncLoop['verify']>): ReturnType<SyncLoop['verify']> {
    return this.loop.verify(...args);
  }

  async close(): Promise<void> {
    await this.loop.stop();
    this.db.close();
  }

  private heard(status: SyncStatus): void {
    this.status = status;
    for (const one of this.waiting) {
      if (!one.until(status)) continue;
      this.waiting.delete(one);
      one.done();
    }
  }
}
