import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, FaultProxy } from '../../builders/fault-proxy.ts';
import { Chance } from '../simulator/random.ts';
import { accounts, type RealCounty } from './county.ts';
import type { DeskProcess } from './desk-process.ts';
import type { CommandName } from './plan.ts';

/** A command an operator gave. `unsure`: the process ended before it said whether the command stands. */
export interface Given {
  id: string;
  caseId: string;
  name: CommandName;
  said: 'stands' | 'refused' | 'unsure';
  takenBack: boolean;
}

const onPost: readonly Fault[] = ['refuse', 'loseAnswer', 'cutAnswer', 'delay', 'duplicate', 'late'];
const onGet: readonly Fault[] = ['refuse', 'cutAnswer', 'delay'];

/** A desk of one run: its file, its line, and the process that lives now. */
export class Seat {
  readonly n: number;
  readonly workstation: string;
  readonly proxy: FaultProxy;
  readonly given: Given[] = [];
  storm = false;
  /** Ends the process at the next acknowledged command, or when the next batch is on its way. */
  killAt: { when: 'acknowledged' | 'sending'; downMs: number } | null = null;
  /** Called when a batch of commands is on its way. */
  onSending: (() => void) | null = null;
  kills = 0;
  process: DeskProcess;
  /** Resolves when the process that comes back is there. */
  back: Promise<void> = Promise.resolve();
  private readonly county: RealCounty;
  private readonly file: string;
  private readonly chance: Chance;
  private starts = 0;
  /** Killed, and not back yet. */
  private away = false;

  private constructor(county: RealCounty, seed: number, n: number, process: DeskProcess) {
    this.county = county;
    this.n = n;
    this.workstation = `run-${seed}-desk-${n}`;
    this.proxy = county.proxies[n] as FaultProxy;
    this.chance = Chance.of(seed, 10 + n);
    this.file = county.copyFor(n, this.workstation);
    this.process = process;
    this.proxy.weather = (method, path) => this.weather(method, path);
  }

  static async take(county: RealCounty, seed: number, n: number): Promise<Seat> {
    const seat = new Seat(county, seed, n, await county.store.take());
    await seat.open();
    return seat;
  }

  /** Kills the process as it stands; another comes back to the file after `downMs`. */
  kill(downMs: number): void {
    const killed = this.process;
    if (this.away) return;
    this.away = true;
    this.killAt = null;
    this.kills += 1;
    this.back = (async () => {
      await killed.kill();
      this.county.store.put(killed);
      await pause(downMs);
      this.process = await this.county.store.take();
      await this.open();
      this.away = false;
    })();
  }

  async give(command: Omit<Given, 'said'> & { args: unknown }): Promise<void> {
    await this.back;
    const { args, ...given } = command;
    const one: Given = { ...given, said: 'unsure' };
    this.given.push(one);
    const answer = await this.process.ask({ t: 'give', ...given, args });
    if (!answer) return;
    one.said = answer.ok ? 'stands' : 'refused';
    if (answer.ok && this.killAt?.when === 'acknowledged') this.kill(this.killAt.downMs);
  }

  calm(): void {
    this.storm = false;
    this.proxy.heal();
  }

  /** Good weather, and nothing that is still to come. */
  spare(): void {
    this.calm();
    this.killAt = null;
    this.onSending = null;
  }

  async leave(): Promise<void> {
    this.spare();
    this.proxy.weather = null;
    await this.back;
    await this.process.ask({ t: 'close' });
    this.county.store.put(this.process);
  }

  private async open(): Promise<void> {
    this.starts += 1;
    const account = accounts[this.n];
    if (!account) throw new Error('no account for this desk');
    const { username, password } = account;
    const { file, workstation } = this;
    const seed = this.n * 1000 + this.starts;
    this.process.status = null;
    await this.process.ask({
      t: 'open',
      file,
      url: this.proxy.url,
      account: { username, password },
      workstation,
      seed,
    });
  }

  private weather(method: string, path: string): Fault | null {
    if (path.startsWith('/sync/commands')) {
      this.onSending?.();
      if (this.killAt?.when === 'sending') this.kill(this.killAt.downMs);
    }
    if (!this.storm || !this.chance.hits(method === 'POST' ? 0.6 : 0.3)) return null;
    if (!path.startsWith('/sync/')) return 'refuse';
    return this.chance.pick(method === 'POST' ? onPost : onGet);
  }
}
