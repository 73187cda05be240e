import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Desk, giveCommand, operatorAt } from '../../../electron/db/commands/give.ts';
import type { WriteDb } from '../../../electron/db/statements.ts';
import { createHttpTransport } from '../../../electron/sync/http-transport.ts';
import { SyncLoop } from '../../../electron/sync/replica.ts';
import type { StoredSession } from '../../../electron/sync/session.ts';
import { Failure } from '../../../shared/errors.ts';
import type { SyncStatus } from '../../../shared/model/sync-status.ts';
import type { Journal } from './journal.ts';
import { Killed, MortalDb } from './mortal-db.ts';
import type { Network } from './network.ts';
import type { Chance } from './random.ts';
import type { Timeline } from './timeline.ts';

/** What an operator did once: `acknowledged` when the desk told them that it stands. */
export interface Intent {
  key: string;
  commandId: string;
  caseId: string;
  name: string;
  acknowledged: boolean;
}
interface Surroundings {
  timeline: Timeline;
  network: Network;
  chance: Chance;
  journal: Journal;
  folder: string;
  emptyFile: string;
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
  private mortal: MortalDb;
  private loop: SyncLoop | null = null;
  private session: StoredSession | null = null;
  private readonly file: string;
  private readonly around: Surroundings;

  constructor(n: number, around: Surroundings) {
    this.n = n;
    this.name = `desk-${n}`;
    this.around = around;
    this.file = join(around.folder, `${this.name}.db`);
    copyFileSync(around.emptyFile, this.file);
    this.mortal = this.open();
    this.start();
  }

  get db(): WriteDb {
    return this.mortal.db;
  }

  /** Kills the process: at once, or at the `steps`-th place where its replica writes. */
  kill(steps: number | null): void {
    if (!this.alive) return;
    if (steps !== null) {
      this.mortal.killAfter(steps);
      return;
    }
    this.mortal.kill();
    this.died('while waiting');
  }

  /** An operator gives a command. Answers whether the desk acknowledged it. */
  give(name: string, args: (key: string) => unknown, caseId: string): boolean {
    if (!this.alive || this.mortal.dead) return false;
    const number = this.intents.length + 1;
    const key = `${this.name}-intent-${number}`;
    const commandId = `${this.name}-command-${String(number).padStart(6, '0')}`;
    const intent: Intent = { key, commandId, caseId, name, acknowledged: false };
    const loop = this.loop as SyncLoop;
    const desk: Desk = { db: this.db, now: () => loop.clock.now(), newId: () => commandId, workstation: this.name };
    try {
      const outcome = giveCommand(desk, operatorAt(this.db), { id: commandId, name, args: args(key), caseId });
      if (!outcome.ok) return false;
      intent.acknowledged = true;
    } catch (error) {
      if (error instanceof Failure && error.kind === 'notSignedIn') return false;
      if (!(error instanceof Killed)) throw error;
    }
    this.intents.push(intent);
    this.around.journal.say(`${this.name} ${name} ${caseId} ${key}${intent.acknowledged ? '' : ' (not acknowledged)'}`);
    if (intent.acknowledged) loop.queued();
    return intent.acknowledged;
  }

  /** Everything ends; the file is free. */
  end(): void {
    this.alive = false;
    this.around.network.muteDesk(this.name);
    this.mortal.bury();
  }

  private open(): MortalDb {
    return new MortalDb(this.file, (where) => this.died(where));
  }

  private died(where: string): void {
    const { timeline, network, chance, journal } = this.around;
    journal.fault('kill', `${this.name} ${where}`);
    this.alive = false;
    network.muteDesk(this.name);
    const old = this.mortal;
    // The file is opened again at once for whoever looks; the process comes back later.
    timeline.after(0, () => {
      old.bury();
      this.mortal = this.open();
      timeline.after(chance.between(1, 15_000), () => this.start());
    });
  }

  private start(): void {
    const { timeline, network, chance } = this.around;
    const mine = this.mortal;
    const lives = () => this.alive && this.mortal === mine;
    const clock = { now: () => timeline.now + this.skewMs };
    const timers = { after: (ms: number, call: () => void) => timeline.after(ms, () => void (lives() && call())) };
    this.alive = true;
    this.loop = new SyncLoop({
      db: mine.db,
      transport: (onServerTime) =>
        createHttpTransport({
          serverUrl: 'http://central',
          clock,
          onServerTime,
          timers,
          fetch: network.fetchOf(this.name),
        }),
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
          this.around.journal.say(`${this.name} ${status.state} ${status.reason ?? ''} rev ${status.rev}`);
        this.status = status;
      },
      onChanged: () => undefined,
    });
    this.around.journal.say(`${this.name} starts`);
    this.loop.start();
  }
}
