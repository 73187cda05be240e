import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { type Order, type Said, saidSchema } from './orders.ts';

const root = resolve(import.meta.dirname, '../../..');
const tsx = createRequire(import.meta.url).resolve('tsx');
type Answer = Extract<Said, { t: 'done' }>;
type WithoutN<O> = O extends unknown ? Omit<O, 'n'> : never;

/** One process of a workstation. */
export class DeskProcess {
  /** What it said last of itself. */
  status: Extract<Said, { t: 'status' }> | null = null;
  dead = false;
  readonly ready: Promise<void>;
  private readonly child: ChildProcess;
  private readonly gone: Promise<void>;
  private readonly asked = new Map<number, (answer: Answer | null) => void>();
  private readonly listeners = new Set<() => void>();
  private orders = 0;

  /** `log` gets what it says of trouble. */
  constructor(log: (line: string) => void) {
    const file = join(import.meta.dirname, 'desk-child.ts');
    const child = spawn(process.execPath, ['--import', tsx, file], { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    this.child = child;
    // Orders on their way when it is killed reach nobody.
    child.stdin.on('error', () => undefined);
    createInterface({ input: child.stderr }).on('line', log);
    const lines = createInterface({ input: child.stdout });
    this.ready = new Promise((done) => {
      lines.on('line', (line) => {
        const said = saidSchema.parse(JSON.parse(line));
        if (said.t === 'ready') done();
        else if (said.t === 'status') this.heard(said);
        else this.answered(said);
      });
      lines.once('close', done);
    });
    // Everything it said before its end has been read by then.
    const read = new Promise<void>((done) => lines.once('close', done));
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    this.gone = Promise.all([read, ended]).then(() => {
      this.dead = true;
      for (const answer of this.asked.values()) answer(null);
      this.asked.clear();
      for (const listener of this.listeners) listener();
    });
  }

  /** Its answer; null when it ended over it. */
  ask(order: WithoutN<Order>): Promise<Answer | null> {
    if (this.dead) return Promise.resolve(null);
    this.orders += 1;
    const n = this.orders;
    return new Promise((done) => {
      this.asked.set(n, done);
      this.child.stdin?.write(`${JSON.stringify({ ...order, n })}\n`);
    });
  }

  /** Resolves when its status says so, true, or it is dead or the time is up, false. */
  until(holds: (said: Extract<Said, { t: 'status' }>) => boolean, withinMs: number): Promise<boolean> {
    return new Promise((done) => {
      const end = (held: boolean) => {
        clearTimeout(timer);
        this.listeners.delete(look);
        done(held);
      };
      const look = () => {
        if (this.status && holds(this.status)) end(true);
        else if (this.dead) end(false);
      };
      const timer = setTimeout(() => end(false), Math.max(1, withinMs));
      this.listeners.add(look);
      look();
    });
  }

  /** Not a statement more: the system ends it where it stands. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.gone;
  }

  private heard(said: Extract<Said, { t: 'status' }>): void {
    this.status = said;
    for (const listener of this.listeners) listener();
  }

  private answered(said: Answer): void {
    this.asked.get(said.n)?.(said);
    this.asked.delete(said.n);
  }
}

/** Keeps started processes in store: a workstation that comes back needs no second to load its program. */
export class DeskStore {
  private readonly log: (line: string) => void;
  private readonly spare: DeskProcess[];

  constructor(size: number, log: (line: string) => void) {
    this.log = log;
    this.spare = Array.from({ length: size }, () => new DeskProcess(log));
  }

  async take(): Promise<DeskProcess> {
    const one = this.spare.shift() ?? new DeskProcess(this.log);
    await one.ready;
    return one;
  }

  /** A killed one is replaced, a living one used again. */
  put(one: DeskProcess): void {
    this.spare.push(one.dead ? new DeskProcess(this.log) : one);
  }

  async close(): Promise<void> {
    await Promise.all(this.spare.splice(0).map((one) => one.kill()));
  }
}
