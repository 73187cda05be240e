import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { ulid } from 'ulid';
import { Desk } from '../../builders/http-client.ts';
import type { RealCounty } from './county.ts';
import { judge, type Problem, resultsOf } from './oracle.ts';
import { type CommandName, casesARun, type Plan, type Step } from './plan.ts';
import { type Given, Seat } from './seat.ts';

export interface RunResult {
  seed: number;
  problems: Problem[];
  acknowledged: number;
  accepted: number;
  rejected: number;
  takenBack: number;
  /** From the moment line, processes and server were whole again until every desk was in step with nothing waiting, ms; null: never. */
  convergeMs: number | null;
  faults: Record<string, number>;
}

/** Longest that a whole system may take until it is in step, ms: after that a desk counts as stuck. */
const stuckMs = 60_000;

/** One run: what the plan says happens to real processes, then everything is made whole and judged. */
export async function runOnce(county: RealCounty, plan: Plan): Promise<RunResult> {
  const run = new Run(county, plan);
  await run.begin();
  try {
    for (const step of plan.steps) {
      await pause(step.pause);
      await run.take(step);
    }
    return await run.end();
  } finally {
    await run.leave();
  }
}

class Run {
  private readonly county: RealCounty;
  private readonly plan: Plan;
  private readonly elsewhere: Given[] = [];
  private readonly faults: Record<string, number> = {};
  private seats: Seat[] = [];
  private caseIds: string[] = [];
  private other: Desk | null = null;
  /** Resolves when the central server is up. */
  private up: Promise<void> = Promise.resolve();
  private down = false;

  constructor(county: RealCounty, plan: Plan) {
    this.county = county;
    this.plan = plan;
  }

  async begin(): Promise<void> {
    this.other = await Desk.signIn(this.county.central.url, 'admin');
    this.caseIds = await this.county.takeIn(casesARun);
    const { seed, desks, delayMs } = this.plan;
    for (let n = 0; n < desks; n += 1) this.seats.push(await Seat.take(this.county, seed, n));
    for (const { proxy } of this.seats) {
      proxy.delayMs = delayMs;
      proxy.met.clear();
    }
    const at = await this.county.rev();
    for (const seat of this.seats) await seat.process.until(({ status }) => (status.rev ?? 0) >= at, stuckMs);
  }

  async take(step: Step): Promise<void> {
    switch (step.what) {
      case 'give': {
        const { name, takenBack, desk, person } = step;
        await this.seat(desk).give({ ...this.command(step.one, name, person), takenBack });
        return;
      }
      case 'elsewhere':
        return this.giveElsewhere(this.command(step.one, step.name, step.person));
      case 'storm':
        this.seat(step.desk).calm();
        this.seat(step.desk).storm = true;
        return;
      case 'partition':
        this.count('partition');
        this.seat(step.desk).proxy.partition();
        return;
      case 'calm':
        this.seat(step.desk).calm();
        return;
      case 'killDesk': {
        const { when, downMs } = step;
        const seat = this.seat(step.desk);
        if (when === 'now') seat.kill(downMs);
        else seat.killAt = { when, downMs };
        return;
      }
      case 'killCentral':
        if (step.when === 'now') this.killCentral(step.downMs);
        else for (const seat of this.seats) seat.onSending = () => this.killCentral(step.downMs);
        return;
      default:
        step satisfies never;
    }
  }

  /** Everything whole again, and what came of it. */
  async end(): Promise<RunResult> {
    for (const seat of this.seats) seat.spare();
    for (const seat of this.seats) await seat.proxy.settled();
    await this.up;
    for (const seat of this.seats) await seat.back;
    const since = performance.now();
    const stuck = await this.converge(since);
    const convergeMs = stuck.length > 0 ? null : performance.now() - since;
    const problems = stuck.length > 0 ? stuck : await judge(this.county, this.caseIds, this.seats, this.elsewhere);
    for (const seat of this.seats) {
      for (const [fault, times] of seat.proxy.met) this.count(fault, times);
      this.count('killDesk', seat.kills);
    }
    const given = this.seats.flatMap((seat) => seat.given);
    const own = new Set(given.map(({ id }) => id));
    const results = (await resultsOf(this.county, this.caseIds)).filter(({ id }) => own.has(id));
    return {
      seed: this.plan.seed,
      problems,
      acknowledged: given.filter(({ said, takenBack }) => said === 'stands' && !takenBack).length,
      accepted: results.filter(({ status }) => status === 'accepted').length,
      rejected: results.filter(({ status }) => status === 'rejected').length,
      takenBack: given.filter(({ said, takenBack }) => said === 'stands' && takenBack).length,
      convergeMs,
      faults: this.faults,
    };
  }

  async leave(): Promise<void> {
    await this.up;
    for (const seat of this.seats) await seat.leave();
  }

  /** Waits until all desks are in step with a server that stands still. Empty: they are. */
  private async converge(since: number): Promise<Problem[]> {
    const left = () => stuckMs - (performance.now() - since);
    for (let before = -1; ; ) {
      const rev = await this.county.rev();
      if (rev === before) return [];
      before = rev;
      const stuck: Problem[] = [];
      for (const { process, workstation } of this.seats) {
        const whole = await process.until(
          ({ status, open }) =>
            status.state === 'live' && status.pending === 0 && open === 0 && (status.rev ?? 0) >= rev,
          left(),
        );
        if (!whole) stuck.push({ promise: 'stuck', text: `${workstation} ${JSON.stringify(process.status)}` });
      }
      if (stuck.length > 0) return stuck;
    }
  }

  private killCentral(downMs: number): void {
    for (const seat of this.seats) seat.onSending = null;
    if (this.down) return;
    this.down = true;
    this.count('killCentral');
    this.up = (async () => {
      await this.county.central.kill();
      await pause(downMs);
      await this.county.startCentral();
      this.down = false;
    })();
  }

  /** Straight at the server, by another operator. */
  private async giveElsewhere(command: Omit<Given, 'said' | 'takenBack'> & { args: unknown }): Promise<void> {
    if (this.down || !this.other) return;
    const { id, caseId, name, args } = command;
    const desk = new Desk(this.county.central.url, this.other.session);
    this.elsewhere.push({ id, caseId, name, said: 'unsure', takenBack: false });
    this.count('elsewhere');
    // It may be killed over this one: whether it took effect is for the oracle to see.
    await desk.send(desk.command(caseId, name, args, { id })).catch(() => []);
  }

  private command(one: number, name: CommandName, person: number) {
    const id = ulid();
    const { persons } = this.county;
    const personId = persons[person % persons.length] ?? '';
    const caseId = this.caseIds[one] ?? '';
    return { id, caseId, name, args: argsOf(id, name, personId) };
  }

  private seat(n: number): Seat {
    return this.seats[n] as Seat;
  }

  private count(what: string, times = 1): void {
    this.faults[what] = (this.faults[what] ?? 0) + times;
  }
}

function argsOf(id: string, name: CommandName, personId: string): unknown {
  switch (name) {
    case 'urgeResponsibles':
      return { degree: 'yellow', recipientIds: [personId], note: '' };
    case 'startCall':
      return { callId: `call-${id}`, personId };
    case 'recordAction':
    case 'acceptCase':
    case 'arriveOnScene':
    case 'closeCase':
      return { note: '已到场' };
    default:
      return name satisfies never;
  }
}
