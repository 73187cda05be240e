import type { Case } from '../../../shared/model/case.ts';
import type { Message } from '../../../shared/model/message.ts';
import { SimDesk } from './desk.ts';
import { type FaultKind, Journal } from './journal.ts';
import { countyCase, evening, personIds } from './model-county.ts';
import { ModelServer } from './model-server.ts';
import { commitGone, commitRows, rowsOf } from './model-state.ts';
import { fairWeather, Network } from './network.ts';
import { confirmedOf, endProblems, overlayProblems, vanishedProblems, waitingProblems } from './oracle.ts';
import { Chance } from './random.ts';
import { Timeline } from './timeline.ts';

export interface ScheduleResult {
  seed: number;
  problems: string[];
  commands: number;
  faults: Map<FaultKind, number>;
  hash: string;
  log: readonly string[];
  /** From healing until everything was drained, virtual ms. */
  drainMs: number;
}

/** Longest time from healing to drained: the longest wait between tries and the longest rest of a case, twice. Virtual ms. */
const drainBoundMs = 240_000;

/** One schedule: everything that happens in it comes from the seed. */
export class Schedule {
  private readonly chance: Chance;
  private readonly timeline = new Timeline(evening);
  private readonly journal = new Journal(() => this.timeline.now);
  private readonly server: ModelServer;
  private readonly network: Network;
  private readonly desks: SimDesk[];
  private readonly problems: string[] = [];
  private readonly takenByRestore = new Set<string>();
  private cases: number;

  constructor(
    readonly seed: number,
    folder: string,
    emptyFile: string,
  ) {
    this.chance = new Chance(seed);
    const { chance, timeline, journal } = this;
    this.cases = chance.between(20, 40);
    this.server = new ModelServer(() => timeline.now, this.cases);
    this.network = new Network(timeline, this.server, chance, journal);
    this.rollWeather();
    const around = { timeline, network: this.network, chance, journal, folder, emptyFile };
    this.desks = Array.from({ length: chance.between(2, 3) }, (_, n) => new SimDesk(n, around));
  }

  async run(): Promise<ScheduleResult> {
    const { timeline, chance } = this;
    // Usually the desks have their data before it begins; sometimes the first sync is in the middle of it.
    await timeline.run(timeline.now + chance.pick([20, 5000, 20_000]), () => false);
    for (let left = chance.between(30, 60); left > 0; left -= 1) {
      this.act();
      await timeline.run(timeline.now + chance.pick([0, 5, 50, 400, 3000, 9000]), () => false);
      if (chance.hits(0.3)) this.check();
    }
    const drainMs = await this.healAndDrain();
    for (const desk of this.desks) {
      this.problems.push(...endProblems(desk, this.server, this.takenByRestore));
      desk.end();
    }
    const commands = this.desks.reduce((sum, desk) => sum + desk.intents.length, 0);
    const { seed, problems, journal } = this;
    for (const problem of problems) journal.say(`PROBLEM ${problem}`);
    return { seed, problems, commands, faults: journal.faults, hash: journal.hash(), log: journal.lines, drainMs };
  }

  private async healAndDrain(): Promise<number> {
    const { timeline, network, server, desks } = this;
    // A stop under way ends as it was planned, a restore with it.
    await timeline.run(timeline.now + 20_000, () => server.up);
    this.journal.say('healed');
    network.partitions.clear();
    network.weather = fairWeather;
    server.chokes.clear();
    const healed = timeline.now;
    const drained = () =>
      desks.every((desk) => {
        const { state, rev } = desk.status ?? {};
        return desk.alive && state === 'live' && rev === server.state.rev && waitingProblems(desk).length === 0;
      });
    if (!(await timeline.run(healed + drainBoundMs, drained))) this.problems.push('stuck: not drained in time');
    const drainMs = timeline.now - healed;
    // What was late on its way arrives too, and changes nothing any more.
    await timeline.run(timeline.now + 60_000, () => false);
    return drainMs;
  }

  private check(): void {
    for (const desk of this.desks)
      if (desk.alive) this.problems.push(...overlayProblems(desk), ...vanishedProblems(desk, this.server));
  }

  private act(): void {
    const { chance } = this;
    const draw = chance.next();
    if (draw < 0.55) this.give(chance.between(1, 3));
    else if (draw < 0.67) this.elsewhere();
    else this.fault();
  }

  /** Few cases, so that desks and commands meet. */
  private someCase(): string {
    return `case-${String(this.chance.between(0, 7)).padStart(3, '0')}`;
  }

  private give(times: number): void {
    const { chance } = this;
    const desk = chance.pick(this.desks);
    const caseId = this.someCase();
    for (let left = times; left > 0; left -= 1) {
      const personId = chance.pick(personIds);
      const called = desk.intents.filter((one) => one.name === 'startCall' && one.caseId === caseId).at(-1);
      const draw = chance.next();
      if (draw < 0.4)
        desk.give('urgeResponsibles', (key) => ({ degree: 'red', recipientIds: [personId], note: key }), caseId);
      else if (draw < 0.6) desk.give('startCall', (key) => ({ callId: key, personId }), caseId);
      else if (draw < 0.75 && called)
        desk.give('finishCall', (key) => ({ callId: called.key, outcome: 'answered', note: key }), caseId);
      else if (draw < 0.93) desk.give('recordAction', (key) => ({ note: key }), caseId);
      else if (draw < 0.97) desk.give('acceptCase', (key) => ({ note: key }), caseId);
      else desk.give('closeCase', (key) => ({ note: key }), caseId);
    }
  }

  /** Something that no desk here did. */
  private elsewhere(): void {
    const { chance, server, journal, timeline } = this;
    if (!server.up) return;
    const id = this.someCase();
    const one = rowsOf(server.state, 'case').get(id) as Case | undefined;
    const draw = chance.next();
    if (draw < 0.3) {
      const row = countyCase(this.cases++, 0);
      journal.say(`elsewhere ${row.id} comes in`);
      server.commit((state) => commitRows(state, [{ table: 'case', row }]));
    } else if (draw < 0.5) {
      const messages = [...rowsOf(server.state, 'message').values()] as Message[];
      const queued = messages.filter((message) => message.state === 'queued');
      if (queued.length === 0) return;
      const row = { ...chance.pick(queued), state: 'sent' as const, sentAt: timeline.now, attempts: 1 };
      server.commit((state) => commitRows(state, [{ table: 'message', row }]));
    } else if (!one) return;
    else if (draw < 0.8) {
      journal.say(`elsewhere ${id} gets another title`);
      const row = { ...one, title: `题目 ${timeline.now}` };
      server.commit((state) => commitRows(state, [{ table: 'case', row }]));
    } else if (draw < 0.95) {
      if (one.closedAt !== null) return;
      journal.fault('closedElsewhere', id);
      const row = { ...one, closedAt: timeline.now };
      server.commit((state) => commitRows(state, [{ table: 'case', row }]));
    } else {
      journal.fault('caseGone', id);
      server.commit((state) => commitGone(state, id));
    }
  }

  private fault(): void {
    const { chance, network, server, journal, timeline } = this;
    const desk = chance.pick(this.desks);
    const draw = chance.next();
    if (draw < 0.25) {
      const how = chance.pick(['refuse', 'silent'] as const);
      journal.fault('partition', `${desk.name} ${how}`);
      network.partitions.set(desk.name, how);
      timeline.after(chance.between(100, 40_000), () => network.partitions.delete(desk.name));
    } else if (draw < 0.45) desk.kill(chance.hits(0.6) ? chance.between(1, 30) : null);
    else if (draw < 0.55) {
      desk.skewMs = chance.between(-3_600_000, 3_600_000);
      journal.fault('clockJump', `${desk.name} ${desk.skewMs}`);
    } else if (draw < 0.65) this.stopServer(false);
    else if (draw < 0.72) {
      journal.say('backup');
      server.keepBackup();
    } else if (draw < 0.78) this.stopServer(true);
    else if (draw < 0.85) {
      const next = `${desk.name}-command-${String(desk.intents.length + 1).padStart(6, '0')}`;
      journal.fault('choke', next);
      server.chokes.set(next, chance.between(1, 4));
    } else this.rollWeather();
  }

  private stopServer(restore: boolean): void {
    const { server, network, journal, timeline, chance } = this;
    if (!server.up) return;
    journal.fault(restore ? 'rollback' : 'serverRestart', `at rev ${server.state.rev}`);
    network.stopServer();
    timeline.after(chance.between(50, 20_000), () => {
      if (restore) {
        for (const desk of this.desks) for (const id of confirmedOf(desk)) this.takenByRestore.add(id);
        server.restoreBackup();
      }
      server.up = true;
      journal.say(`server up, ${server.epoch} rev ${server.state.rev}`);
    });
  }

  private rollWeather(): void {
    const { chance, network } = this;
    const some = (most: number) => (chance.hits(0.5) ? chance.next() * most : 0);
    network.weather = { delay: some(0.3), duplicate: some(0.3), lostAnswer: some(0.3), cutBody: some(0.3) };
    this.journal.say(`weather ${JSON.stringify(network.weather)}`);
  }
}
