import type { Operator } from '../../../shared/protocol/auth.ts';
import { commandBatchSchema, isOtherData } from '../../../shared/protocol/commands.ts';
import { dataSetOf } from '../../../shared/protocol/feed.ts';
import { type Answer, json, problemAnswer, type Request, readable, Unreadable } from './model-answer.ts';
import { digestAnswer, rowsAnswer } from './model-digest.ts';
import { changesAnswer, fewRows, type Sizes, snapshotAnswer } from './model-feed.ts';
import { type Issued, ModelSessions } from './model-sessions.ts';
import { decide, type ModelState, newState } from './model-state.ts';

/** Thrown in the middle of a request when the server's process ends there. */
export class ServerDied extends Error {}

/** The central server as a workstation meets it, in memory: revisions, feed, snapshot, commands with stored answers, data set, sessions. */
export class ModelServer {
  state: ModelState;
  epoch = 'epoch-1';
  up = true;
  sizes: Sizes = fewRows;
  /** The server's own clock beside the true time, ms. */
  skewMs = 0;
  /** What a data set held last, by its name, if a restore gave the data another one. */
  readonly past = new Map<string, ModelState>();
  readonly listeners = new Set<(rev: number) => void>();
  /** Commands the server chokes on, and how many times more. */
  readonly chokes = new Map<string, number>();
  /** The process ends after this many commands more, the next ones of the batch unread. */
  diesAfterCommands: number | null = null;
  private readonly trueTime: () => number;
  private backup: ModelState;
  readonly sessions = new ModelSessions(() => this.now());

  constructor(trueTime: () => number, cases: number) {
    this.trueTime = trueTime;
    this.state = newState(cases);
    this.backup = structuredClone(this.state);
  }

  now(): number {
    return this.trueTime() + this.skewMs;
  }

  keepBackup(): void {
    this.backup = structuredClone(this.state);
  }

  /** The backup becomes the data, under another name unless somebody forgot to give it one; sessions are gone. */
  restoreBackup(named: boolean): void {
    if (named) this.past.set(this.epoch, this.state);
    this.state = structuredClone(this.backup);
    if (named) this.epoch = `epoch-${Number(this.epoch.slice(6)) + 1}`;
    this.sessions.forgetAll();
  }

  /** Something outside the desks happens: intake, another desk, the messenger. */
  commit(work: (state: ModelState) => void): void {
    work(this.state);
    for (const tell of this.listeners) tell(this.state.rev);
  }

  /** Throws ServerDied where its process ends within the request; what it had committed by then stays. */
  handle(request: Request): Answer {
    const before = this.state.rev;
    try {
      return this.route(request);
    } catch (error) {
      if (error instanceof Unreadable) return problemAnswer(400, 'badArguments', error.field);
      throw error;
    } finally {
      if (this.state.rev !== before) for (const tell of this.listeners) tell(this.state.rev);
    }
  }

  /** The account's operator as it stands now. */
  operatorAt(n: number): Operator {
    const townCode = this.state.townOf.get(`operator-${n}`) ?? null;
    return { id: `operator-${n}`, username: `desk-${n}`, name: `测试${n}`, role: 'dispatcher', townCode };
  }

  private route({ path, query, body, token }: Request): Answer {
    if (path === '/health') {
      const { epoch } = this;
      const health = { ok: true, product: 'xianyou-central', protocol: 1, epoch, rev: this.state.rev };
      return json({ ...health, serverTime: this.now() });
    }
    if (path === '/auth/login')
      return this.session(this.sessions.signIn(Number((body as { username: string }).username.slice(5))));
    if (path === '/auth/refresh') {
      const renewed = this.sessions.renew((body as { refreshToken: string }).refreshToken);
      return renewed ? this.session(renewed) : problemAnswer(401, 'sessionExpired', null);
    }
    if (!path.startsWith('/sync/')) return problemAnswer(404, 'badArguments', 'path');
    if (token === null) return problemAnswer(401, 'notSignedIn', null);
    const signedIn = this.sessions.signedIn(token);
    if (signedIn === null) return problemAnswer(401, 'sessionExpired', null);
    const operator = this.operatorAt(signedIn.operator);
    const { townCode } = operator;
    const { state, sizes } = this;
    const view = { state, sizes, town: townCode, epoch: dataSetOf(this.epoch, townCode), now: () => this.now() };
    if (path === '/sync/changes') return changesAnswer(view, query);
    if (path === '/sync/snapshot') return snapshotAnswer(view, query);
    if (path === '/sync/digest') return digestAnswer(view, body);
    if (path === '/sync/rows') return rowsAnswer(view, body);
    if (path === '/sync/commands') return this.commands(operator, body);
    return problemAnswer(404, 'badArguments', 'path');
  }

  private commands(operator: Operator, body: unknown): Answer {
    const results = [];
    const { commands, seen } = readable(commandBatchSchema, body);
    if (seen && isOtherData(seen, this.epoch, this.state.rev)) return problemAnswer(409, 'cursorAhead', 'seen');
    for (const command of commands) {
      if (this.diesAfterCommands !== null && this.diesAfterCommands-- <= 0) {
        this.diesAfterCommands = null;
        throw new ServerDied();
      }
      const left = this.chokes.get(command.id) ?? 0;
      this.chokes.set(command.id, left - 1);
      if (left > 0) return problemAnswer(500, 'internal', null);
      results.push(decide(this.state, operator, command, this.now()));
    }
    return json({ results, serverTime: this.now() });
  }

  private session({ operator, ...tokens }: Issued): Answer {
    return json({ ...tokens, operator: this.operatorAt(operator) });
  }
}
