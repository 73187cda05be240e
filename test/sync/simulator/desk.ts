import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '../../../electron/db/commands/give.ts';
import { newestSeen } from '../../../electron/db/seen.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import { createHttpTransport } from '../../../electron/sync/http-transport.ts';
import { SyncLoop } from '../../../electron/sync/replica.ts';
import type { StoredSession } from '../../../electron/sync/session.ts';
import type { Timers } from '../../../electron/sync/timers.ts';
import type { Transport } from '../../../electron/sync/transport.ts';
import type { Clock } from '../../../shared/clock.ts';
import { Failure } from '../../../shared/errors.ts';
import type { SyncStatus } from '../../../shared/model/sync-status.ts';
import { Disk, type End } from './disk.ts';
import { Doubt } from './doubt.ts';
import { type Journal, problem } from './journal.ts';
import { type DiskTrouble, Killed, MortalDb } from './mortal-db.ts';
import type { Network } from './network.ts';
import type { Intent } from './operator.ts';
import { Chance } from './random.ts';
import type { Timeline } from './timeline.ts';

/** Something else than the product in its place: a control that the simulator has to fail. */
export interface Variation {
  transport?: (transport: Transport, db: WriteDb) => Transport;
  lyingDisk?: boolean;
}
interface Surroundings {
  seed: number;
  timeline: Timeline;
  network: Network;
  journal: Journal;
  folder: string;
  emptyFile: string;
  variation: Variation;
}

/** A workstation: real replica file, real loop, real transport; its process can be killed and comes back to the same file. */
export class SimDesk {
  readonly name: string;
  readonly n: number;
  readonly intents: Intent[] = [];
  /** The machine's own clock, beside the true time, ms. */
  skewMs = 0;
  status: SyncStatus | null = null;
  alive = false;
  /** Rows its file lost without a word. */
  readonly lostRows = new Set<string>();
  /** Its operator was given another town. */
  changedReach = false;
  readonly doubt = new Doubt();
  private readonly chance: Chance;
  private readonly disk: Disk;
  private diskTrouble: DiskTrouble | null = null;
  private mortal: MortalDb;
  private loop: SyncLoop | null = null;
  private session: StoredSession | null = null;
  private readonly around: Surroundings;

  constructor(n: number, around: Surroundings) {
    this.n = n;
    this.name = `desk-${n}`;
    this.around = around;
    this.chance = Chance.of(around.seed, -10 - n);
    this.disk = new Disk(join(around.folder, `${this.name}.db`), this.chance, around.variation.lyingDisk ?? false);
    copyFileSync(around.emptyFile, this.disk.file);
    this.mortal = this.open();
    this.start();
  }

  get db(): WriteDb {
    return this.mortal.db;
  }

  /** What the disk answers instead of doing its work; only the process feels it, not who looks on. */
  set trouble(trouble: DiskTrouble | null) {
    this.diskTrouble = trouble;
    this.mortal.trouble = this.alive ? trouble : null;
  }

  get trouble(): DiskTrouble | null {
    return this.diskTrouble;
  }

  /** Id of the command it gives next. */
  nextCommandId(): string {
    return `${this.name}-command-${String(this.intents.length + 1).padStart(6, '0')}`;
  }

  /** Ends the process: at once, or at the `steps`-th place where its replica writes. */
  endProcess(how: End, steps: number | null): void {
    if (!this.alive) return;
    if (steps !== null) {
      this.mortal.endAfter(how, steps);
      return;
    }
    this.mortal.end();
    this.ended(how, 'while waiting');
  }

  /** A whole answer came from a server that stood at `rev`. */
  answered(path: string, begins: boolean, rev: number): void {
    this.doubt.answered(path, begins, newestSeen(this.db), rev);
  }

  /** The server's data went back to `rev`. */
  restored(named: boolean, rev: number): void {
    this.doubt.restored(named, rev);
  }

  say(line: string): void {
    this.around.journal.say(`${this.name} ${line}`);
  }

  /** The instant that the desk goes by; null: it does not run. */
  clockNow(): number | null {
    return this.loop?.clock.now() ?? null;
  }

  /**
   * What an operator does at the desk. `refused`: by a rule; `failed`: by the disk, and the desk said so; `ended`: the process ended over it; `dead`: there
   * was none.
   */
  act(work: (desk: Desk) => void): 'done' | 'refused' | 'failed' | 'ended' | 'dead' {
    if (!this.alive || this.mortal.dead || !this.loop) return 'dead';
    const { loop } = this;
    try {
      const newId = () => this.nextCommandId();
      work({ db: this.mortal.own, now: () => loop.clock.now(), newId, workstation: this.name });
    } catch (error) {
      if (error instanceof Killed) return 'ended';
      if (!(error instanceof Failure)) throw error;
      return error.detail?.startsWith('SQLITE_') ? 'failed' : 'refused';
    }
    this.guarded(() => loop.queued());
    return 'done';
  }

  /** Everything ends; the file is free. */
  end(): void {
    this.alive = false;
    this.around.network.muteDesk(this.name);
    this.mortal.bury(null);
  }

  private open(): MortalDb {
    return new MortalDb(this.disk, this.chance, (how, where) => this.ended(how, where));
  }

  private ended(how: End, where: string): void {
    this.around.journal.fault(how, `${this.name} ${where}`);
    this.comeBack(how);
  }

  private comeBack(how: End): void {
    const { timeline, network } = this.around;
    this.alive = false;
    this.doubt.processEnded();
    network.muteDesk(this.name);
    const old = this.mortal;
    // The file is opened again at once for whoever looks; the process comes back later.
    timeline.after(0, () => {
      old.bury(how);
      this.mortal = this.open();
      timeline.after(this.chance.between(1, 15_000), () => this.start());
    });
  }

  /** Runs what a process does of itself: a failure nobody caught ends it. */
  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof Killed || !this.alive) return;
      this.around.journal.broke([problem('crashed', `${this.name}: ${String(error)}`)]);
      this.mortal.end();
      this.comeBack('kill');
    }
  }

  private start(): void {
    const { timeline, journal } = this.around;
    const mine = this.mortal;
    mine.trouble = this.diskTrouble;
    const lives = () => this.alive && this.mortal === mine;
    const clock = { now: () => timeline.now + this.skewMs };
    const timers = {
      after: (ms: number, call: () => void) => timeline.after(ms, () => void (lives() && this.guarded(call))),
    };
    this.alive = true;
    journal.say(`${this.name} starts`);
    try {
      this.loop = this.loopOf(mine, clock, timers);
      this.loop.start();
    } catch (error) {
      if (error instanceof Killed) return;
      if (!(error instanceof Failure)) throw error;
      // The app says that the replica is not usable; its operator starts it again.
      journal.say(`${this.name} cannot start: ${error.kind}`);
      mine.end();
      this.comeBack('kill');
    }
  }

  private loopOf(mine: MortalDb, clock: Clock, timers: Timers): SyncLoop {
    const { network, variation, journal } = this.around;
    const { chance } = this;
    const lives = () => this.alive && this.mortal === mine;
    return new SyncLoop({
      db: mine.own,
      transport: (onServerTime) => {
        const line = network.fetchOf(this.name);
        // What still unwinds of a process that has ended says nothing any more.
        const fetch: typeof line = (input, init) => (lives() ? line(input, init) : new Promise(() => undefined));
        const transport = createHttpTransport({ serverUrl: 'http://central', clock, onServerTime, timers, fetch });
        return variation.transport?.(transport, mine.own) ?? transport;
      },
      store: {
        load: () => this.session,
        save: (session) => {
          if (lives()) this.session = session;
        },
        clear: () => {
          if (lives()) this.session = null;
        },
      },
      clock,
      random: () => chance.next(),
      timers,
      serverUrl: 'http://central',
      workstation: this.name,
      account: { username: this.name, password: 'p' },
      onStatus: (status) => {
        if (!lives()) return;
        if (status.state !== this.status?.state || status.reason !== this.status.reason)
          journal.say(`${this.name} ${status.state} ${status.reason ?? ''} rev ${status.rev}`);
        this.status = status;
      },
      onChanged: () => undefined,
      onTrouble: (kind, message) => journal.say(`${this.name} trouble ${kind}: ${message}`),
    });
  }
}
