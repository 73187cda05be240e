import { SimDesk, type Variation } from './desk.ts';
import { type FaultKind, Journal, type Problem, problem } from './journal.ts';
import { evening } from './model-county.ts';
import { ModelServer } from './model-server.ts';
import { commitRows, rowsOf } from './model-state.ts';
import { fairWeather, Network } from './network.ts';
import { give } from './operator.ts';
import {
  endProblems,
  isLive,
  leftEarlyProblems,
  mendedProblems,
  overlayProblems,
  rowProblems,
  vanishedProblems,
  waitingProblems,
} from './oracle.ts';
import type { Plan } from './plan.ts';
import { Chance } from './random.ts';
import { steps } from './steps.ts';
import { rollWeather, stopServer } from './steps-faults.ts';
import { Timeline } from './timeline.ts';
import type { World } from './world.ts';

export interface ScheduleResult {
  seed: number;
  problems: Problem[];
  commands: number;
  faults: Partial<Record<FaultKind, number>>;
  hash: string;
  log: readonly string[];
  /** From healing until everything was drained, virtual ms. */
  drainMs: number;
  /** Desks that could not notice a restore, because the server had passed them before they met it again. */
  unnoticed: number;
}

/** Longest time from healing to drained: the longest wait between tries and the longest rest of a case, twice. Virtual ms. */
const drainBoundMs = 240_000;
/** A round of comparing, and what it waits for within. Virtual ms. */
const mendBoundMs = 600_000;
const network = -2;
const own = -3;

/** One schedule: everything that happens in it comes from its plan's seed. */
export class Schedule {
  private readonly plan: Plan;
  private readonly chance: Chance;
  private readonly timeline = new Timeline(evening);
  readonly journal = new Journal(() => this.timeline.now);
  private readonly world: World & { desks: readonly SimDesk[] };

  constructor(plan: Plan, folder: string, emptyFile: string, variation: Variation = {}) {
    this.plan = plan;
    const { timeline, journal } = this;
    const { seed, cases } = plan;
    this.chance = Chance.of(seed, own);
    const server = new ModelServer(() => timeline.now, cases);
    const line = new Network(timeline, server, Chance.of(seed, network), journal);
    const desks: SimDesk[] = [];
    this.world = { timeline, journal, server, network: line, desks, cases, takenByRestore: new Set() };
    line.onServerDied = () => stopServer(this.world, this.chance, 'serverKill');
    line.onWhole = (name, { path, query }, status, rev) => {
      if (status === 200) desks.find((one) => one.name === name)?.answered(path, !query.has('at'), rev);
    };
    line.onPart = (name, rev) => desks.find((one) => one.name === name)?.doubt.heard(rev);
    rollWeather(this.world, this.chance);
    const around = { seed, timeline, network: line, journal, folder, emptyFile, variation };
    for (let n = 0; n < plan.desks; n += 1) desks.push(new SimDesk(n, around));
  }

  async run(): Promise<ScheduleResult> {
    const { timeline, journal, plan, world } = this;
    const pass = (ms: number) => timeline.run(timeline.now + ms, () => false);
    await pass(plan.firstWaitMs);
    for (const { n, kind, waitMs, check } of plan.steps) {
      journal.say(`step ${n} ${kind}`);
      steps[kind](world, Chance.of(plan.seed, n));
      await pass(waitMs);
      if (check) this.check();
    }
    await this.heal();
    if (plan.poison) await this.poison();
    const drainMs = await this.drain();
    await this.mend();
    const excused = (['damage', 'rollbackUnnamed'] as const).some((kind) => journal.faults.has(kind));
    for (const desk of world.desks) {
      journal.broke(endProblems(desk, world.server, world.takenByRestore));
      if (!excused) journal.broke(mendedProblems(desk));
      desk.end();
    }
    return {
      seed: plan.seed,
      problems: journal.problems,
      commands: world.desks.reduce((sum, desk) => sum + desk.intents.length, 0),
      faults: Object.fromEntries(journal.faults),
      hash: journal.hash(),
      log: journal.lines,
      drainMs,
      unnoticed: world.desks.filter(({ doubt }) => doubt.open).length,
    };
  }

  /** Line, disks and server are well again. */
  private async heal(): Promise<void> {
    const { timeline, network: line, server, desks } = this.world;
    // A stop under way ends as it was planned, a restore with it.
    await timeline.run(timeline.now + 20_000, () => server.up);
    this.journal.say('healed');
    line.partitions.clear();
    line.weather = fairWeather;
    server.chokes.clear();
    server.diesAfterCommands = null;
    for (const desk of desks) desk.trouble = null;
  }

  /** One command of each desk is poison to the server. Everything else goes on: pulls, other cases. */
  private async poison(): Promise<void> {
    const { timeline, server, desks } = this.world;
    const choked = new Set<string>();
    const giveTo = (desk: SimDesk, caseId: string) => give(desk, 'recordAction', (key) => ({ note: key }), caseId);
    await timeline.run(timeline.now + drainBoundMs, () => desks.every((desk) => isLive(desk, server)));
    for (const [n, desk] of desks.entries()) {
      const id = desk.nextCommandId();
      if (!giveTo(desk, `case-00${n}`)) continue;
      server.chokes.set(id, Number.POSITIVE_INFINITY);
      choked.add(`case-00${n}`);
      this.journal.fault('poison', id);
      giveTo(desk, 'case-005');
    }
    await timeline.run(timeline.now + 1000, () => false);
    for (const one of [...rowsOf(server.state, 'case').values()].slice(-2)) {
      const row = { ...one, title: `题目 ${timeline.now}` };
      server.commit((state) => commitRows(state, [{ table: 'case', row }]));
    }
    const goesOn = () => desks.every((desk) => isLive(desk, server) && waitingProblems(desk, choked).length === 0);
    if (choked.size > 0 && !(await timeline.run(timeline.now + drainBoundMs, goesOn)))
      this.journal.broke([
        ...desks.filter((desk) => !isLive(desk, server)).map(({ name }) => problem('heldUp', `${name} pulls nothing`)),
        ...desks.flatMap((desk) => waitingProblems(desk, choked)),
      ]);
    server.chokes.clear();
  }

  private async drain(): Promise<number> {
    const { timeline, server, desks } = this.world;
    const healed = timeline.now;
    const drained = () =>
      desks.every((desk) => desk.doubt.open || (isLive(desk, server) && waitingProblems(desk).length === 0));
    if (!(await timeline.run(healed + drainBoundMs, drained)))
      for (const desk of desks)
        if (!isLive(desk, server))
          this.journal.broke([
            problem('stuck', `${desk.name} is ${desk.status?.state} at ${desk.status?.rev} of ${server.state.rev}`),
          ]);
    const drainMs = timeline.now - healed;
    // What was late on its way arrives too, and changes nothing any more.
    await timeline.run(timeline.now + 60_000, () => false);
    return drainMs;
  }

  /** What no revision tells of (a damaged file, a restore that nobody could notice) is found by comparing. */
  private async mend(): Promise<void> {
    const { timeline, server, desks } = this.world;
    if (!this.journal.faults.has('damage') && !desks.some(({ doubt }) => doubt.open)) return;
    const mended = () => desks.every((desk) => rowProblems(desk, server).length === 0);
    if (!(await timeline.run(timeline.now + mendBoundMs, mended)))
      this.journal.broke(
        desks.flatMap((desk) => rowProblems(desk, server).map(({ text }) => problem('unmended', text))),
      );
  }

  private check(): void {
    for (const desk of this.world.desks)
      if (desk.alive) this.journal.broke([...overlayProblems(desk), ...vanishedProblems(desk, this.world.server)]);
    if ((['clockJump', 'serverClockJump'] as const).some((kind) => this.journal.faults.has(kind))) return;
    for (const desk of this.world.desks) if (desk.alive) this.journal.broke(leftEarlyProblems(desk));
  }
}
