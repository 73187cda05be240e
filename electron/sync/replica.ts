import type { Clock } from '../../shared/clock.ts';
import { Failure, type FailureKind, shapeOfFailure } from '../../shared/errors.ts';
import type { SyncState, SyncStatus } from '../../shared/model/sync-status.ts';
import type { Operator } from '../../shared/protocol/auth.ts';
import type { DigestMode } from '../../shared/protocol/digest.ts';
import { dataSetOf } from '../../shared/protocol/feed.ts';
import type { Changed } from '../db/changed.ts';
import { readFact, readOperator, writeFact } from '../db/meta.ts';
import { keepToReach } from '../db/reach.ts';
import { noteSeen } from '../db/seen.ts';
import type { WriteDb } from '../db/statements.ts';
import { Backoff } from './backoff.ts';
import { FileFacts } from './file-facts.ts';
import { type SyncEffect, type SyncEvent, step } from './machine.ts';
import { pullPages } from './pull.ts';
import { isOfOtherData, Pusher } from './push.ts';
import { ServerClock } from './server-clock.ts';
import { type Account, SessionKeeper, type SessionStore } from './session.ts';
import { takeSnapshot } from './snapshot.ts';
import { Standing } from './standing.ts';
import { Tender } from './tender.ts';
import type { TermsMaker } from './terms-ahead.ts';
import type { Timers } from './timers.ts';
import type { ServerTime, Transport } from './transport.ts';
import type { VerifyReport } from './verify.ts';
import { Sweep, type SweepPace, sweepPace } from './verify-sweep.ts';
import { Work } from './work.ts';

export interface SyncOptions {
  db: WriteDb;
  /** Makes the transport; it tells of every reading of the server's clock. */
  transport(onServerTime: (time: ServerTime) => void): Transport;
  store: SessionStore;
  /** This machine's clock, uncorrected. */
  clock: Clock;
  random(): number;
  timers: Timers;
  serverUrl: string;
  workstation: string;
  /** Account to sign in with when there is no session: demonstration and command line. */
  account: Account | null;
  /** How fast the replica is compared with its server in the background; what is not named is as in `sweepPace`. Null: not at all. */
  sweep?: Partial<SweepPace> | null;
  /** Starts whoever makes search lists while a first load goes on. Without: it makes them itself. */
  startMaker?: () => TermsMaker;
  onStatus(status: SyncStatus): void;
  onChanged(changed: Changed): void;
  /** For the log: no personal data in it. */
  onTrouble?(kind: FailureKind, message: string): void;
}

const watchMs = 15_000;
/** What trying again soon cannot mend is tried again this much later, ms. */
const blockedWaitMs = 60_000;
/** A notice stream that ends sooner than this was no stream, ms. */
const shortStreamMs = 2000;

/** Keeps a replica and its server in step, whatever the line does. Holds no SQL: the machine decides, this class carries out. */
export class SyncLoop {
  /** The server's clock: what commands are dated by. */
  readonly clock: ServerClock;
  private readonly options: SyncOptions;
  private readonly transport: Transport;
  private readonly session: SessionKeeper;
  private readonly pusher: Pusher;
  private readonly backoff: Backoff;
  private readonly work: Work;
  private readonly standing: Standing;
  private readonly sweep: Sweep;
  private readonly tender: Tender;
  private readonly facts: FileFacts;
  private state: SyncState = 'signedOut';
  private reason: FailureKind | null = null;
  private progress: SyncStatus['progress'] = null;
  private nextTryAt: number | null = null;
  private cancelRetry: (() => void) | null = null;
  private cancelWatch: (() => void) | null = null;
  private cancelDue: (() => void) | null = null;
  private moves = 0;
  private quietWatches = 0;

  constructor(options: SyncOptions) {
    this.options = options;
    this.facts = new FileFacts(options.db, (kind, message) => options.onTrouble?.(kind, message));
    this.standing = new Standing(options.db);
    this.clock = new ServerClock(options.clock, options.db);
    this.transport = options.transport((time) => {
      if (this.clock.read(time)) this.tell();
    });
    this.session = new SessionKeeper({
      transport: this.transport,
      store: options.store,
      clock: this.clock,
      workstation: options.workstation,
      fallback: options.account,
      onOperator: (operator) => this.operatorIs(operator),
    });
    this.pusher = new Pusher(options.db, this.transport, this.session, this.clock);
    this.backoff = new Backoff(options.random);
    this.work = new Work((error) => this.failed(error));
    this.tender = new Tender(options.db, options.timers, (error) => this.failed(error));
    this.sweep = new Sweep(
      {
        db: options.db,
        transport: this.transport,
        session: this.session,
        timers: options.timers,
        clock: this.clock,
        pull: () => {
          if (this.state === 'live') this.run('pull');
        },
        changed: (changed) => {
          this.changed(changed);
          this.tell();
        },
        trouble: (kind, message) => options.onTrouble?.(kind, message),
      },
      { ...sweepPace, ...options.sweep },
    );
  }

  /** Begins; needs no server. With a kept session the operator is signed in from the first moment, offline too. */
  start(): void {
    const stored = this.options.store.load();
    if (stored) this.operatorIs(stored.operator);
    else if (!this.options.account) writeFact(this.options.db, 'operator', null);
    this.watch(this.moves);
    this.tender.wake();
    if (this.session.available()) this.dispatch({ type: 'sessionFound' });
    else this.tell();
  }

  /** Ends everything under way; resolves when nothing touches the replica any more. */
  async stop(): Promise<void> {
    this.cancelRetry?.();
    this.cancelWatch?.();
    this.cancelDue?.();
    await Promise.all([this.work.end(), this.tender.end()]);
  }

  /** Throws Failure wrongPassword, accountLocked, serverUnreachable and the like; the loop stays as it was then. */
  async signIn(account: Account): Promise<Operator> {
    const operator = await this.session.signIn(account, new AbortController().signal);
    this.dispatch({ type: 'sessionFound' });
    return operator;
  }

  /** Commands still waiting stay in the outbox and go out when their operator signs in again. */
  async signOut(): Promise<void> {
    this.dispatch({ type: 'signedOut' });
    try {
      writeFact(this.options.db, 'operator', null);
    } finally {
      // Also when the disk does not take it: without a session the next start takes the operator away.
      this.tell();
      await this.session.signOut(new AbortController().signal);
    }
  }

  syncNow(): void {
    this.dispatch({ type: 'syncNow' });
  }

  /** A command was queued, taken back or became due: what may leave does at once if the line stands. */
  queued(): void {
    if (this.state === 'live' || this.state === 'catchingUp') this.run('push');
    this.tell();
  }

  /** Compares everything with the server now, and repairs if told so; the loop must be live and goes on meanwhile. Throws Failure when the line fails. */
  async verify(options: { mode: DigestMode; repair: boolean }): Promise<{ ended: boolean; report: VerifyReport }> {
    return this.sweep.once(options, new AbortController().signal);
  }

  status(): SyncStatus {
    return {
      state: this.state,
      reason: this.reason,
      ...this.facts.read(),
      progress: this.progress,
      nextTryAt: this.nextTryAt,
      serverUrl: this.options.serverUrl,
      clockOffsetMs: this.clock.offsetMs(),
    };
  }

  private dispatch(event: SyncEvent): void {
    const next = step(this.state, event);
    if (!next) return;
    this.moves += 1;
    this.state = next.state;
    this.reason = next.reason;
    if (next.state !== 'firstSync') this.progress = null;
    for (const effect of next.effects) this.run(effect);
    this.tell();
  }

  private run(effect: SyncEffect): void {
    switch (effect) {
      case 'connect':
        this.work.once('connect', (signal) => this.connect(signal));
        break;
      case 'snapshot':
        this.work.once('snapshot', (signal) => this.snapshot(signal));
        break;
      case 'pull':
        this.work.again('pull', (signal) => this.pull(signal));
        break;
      case 'push':
        this.work.again('push', (signal) => this.push(signal));
        break;
      case 'listen':
        this.work.once('listen', (signal) => this.listen(signal));
        break;
      case 'verify':
        this.work.once('fill', (signal) => this.sweep.fill(signal));
        if (this.options.sweep !== null) this.work.once('verify', (signal) => this.sweep.run(signal));
        break;
      case 'drop':
        this.work.drop();
        this.cancelRetry?.();
        this.nextTryAt = null;
        break;
      case 'planRetry':
        this.planRetry();
        break;
      case 'resetBackoff':
        this.backoff.reset();
        break;
      default:
        effect satisfies never;
    }
  }

  private async connect(signal: AbortSignal): Promise<void> {
    const health = await this.transport.health(signal);
    if (!health.ok) throw new Failure('serverUnreachable', 'the server says it is not well', { retry: true });
    const { db } = this.options;
    // Kept at once: the server may have passed us before the snapshot begins, or before we are signed in.
    this.standing.isAt(health.rev);
    await this.session.token(signal);
    const operator = this.session.operator();
    // Written when the session came, unless the disk refused just then.
    if (operator && !signal.aborted) this.operatorIs(operator);
    const dataSet = dataSetOf(health.epoch, readOperator(db)?.townCode ?? null);
    const needsSnapshot = readFact(db, 'cursor') === null || readFact(db, 'epoch') !== dataSet;
    if (signal.aborted) return;
    if (!needsSnapshot) noteSeen(db, health.rev);
    this.dispatch({ type: 'connected', needsSnapshot });
  }

  private async snapshot(signal: AbortSignal): Promise<void> {
    const watcher = {
      progress: (progress: NonNullable<SyncStatus['progress']>) => {
        this.moves += 1;
        this.progress = progress;
        this.tell();
      },
      changed: (changed: Changed) => this.changed(changed),
    };
    const { db, startMaker = null } = this.options;
    await takeSnapshot(db, this.transport, this.session, watcher, signal, startMaker);
    if (!signal.aborted) this.dispatch({ type: 'snapshotDone' });
  }

  private async pull(signal: AbortSignal): Promise<void> {
    const { db } = this.options;
    let confirmedAt: number | null = null;
    const inStep = await pullPages(db, this.transport, this.session, signal, (page) => {
      this.moves += 1;
      this.changed(page.changed);
      confirmedAt = page.serverTime;
    });
    if (signal.aborted) return;
    if (!inStep) {
      // Perhaps it is not the data that changed but what this operator may see of it.
      if (readFact(db, 'cursor') !== null) await this.session.renewOperator(signal);
      return signal.aborted ? undefined : this.dispatch({ type: 'otherData' });
    }
    writeFact(db, 'confirmedAt', confirmedAt);
    this.dispatch({ type: 'caughtUp' });
    this.tell();
    this.tender.wake();
  }

  private async renewOperator(signal: AbortSignal): Promise<void> {
    await this.session.renewOperator(signal);
    if (!signal.aborted) this.run('pull');
    this.tell();
  }

  /** Who is signed in, by the server's word. What they may not see is gone before anything else happens. */
  private operatorIs(operator: Operator): void {
    const { db } = this.options;
    const changed = db.transaction(() => {
      writeFact(db, 'operator', operator);
      return keepToReach(db, operator.townCode);
    });
    if (changed) this.changed(changed);
  }

  private async push(signal: AbortSignal): Promise<void> {
    try {
      await this.pusher.drain(signal, {
        answered: (changed) => {
          this.moves += 1;
          this.changed(changed);
          if (!signal.aborted) this.run('pull');
        },
        choked: (caseId) => this.changed({ rows: 0, tables: ['case'], caseIds: [caseId] }),
      });
    } catch (error) {
      if (!isOfOtherData(error)) throw error;
      if (signal.aborted) return;
      this.standing.isElsewhere();
      return this.dispatch({ type: 'otherData' });
    } finally {
      this.tell();
    }
    if (signal.aborted) return;
    const due = this.pusher.nextDue();
    this.cancelDue?.();
    if (due !== null)
      this.cancelDue = this.options.timers.after(Math.max(1, due - this.clock.now()), () => this.queued());
  }

  private async listen(signal: AbortSignal): Promise<void> {
    for (;;) {
      const began = this.options.clock.now();
      const on = {
        revision: (rev: number) => {
          if (rev > (readFact(this.options.db, 'cursor') ?? -1)) this.run('pull');
        },
        operator: ({ id, role, townCode }: Operator) => {
          const known = readOperator(this.options.db);
          if (known?.id === id && (known.role !== role || known.townCode !== townCode))
            this.work.again('operator', (own) => this.renewOperator(own));
        },
        sign: () => undefined,
      };
      await this.session.with(signal, (token) => this.transport.notices(token, on, signal));
      if (signal.aborted) return;
      if (this.options.clock.now() - began < shortStreamMs)
        throw new Failure('serverUnreachable', 'notices ended at once', { retry: true });
    }
  }

  private failed(error: unknown): void {
    const { kind, message } = shapeOfFailure(error);
    this.options.onTrouble?.(kind, message);
    if (kind !== 'cancelled') this.dispatch({ type: 'failed', kind });
  }

  private planRetry(): void {
    this.cancelRetry?.();
    const wait = this.state === 'blocked' ? blockedWaitMs : this.backoff.next();
    this.nextTryAt = this.clock.now() + wait;
    this.cancelRetry = this.options.timers.after(wait, () => {
      this.nextTryAt = null;
      this.dispatch({ type: 'retryDue' });
    });
  }

  /** The watchdog: a state that moves nothing for two watches (live: one) is left by force. A planned try is a move to come. */
  private watch(movesBefore: number): void {
    this.cancelWatch = this.options.timers.after(watchMs, () => {
      this.quietWatches = this.moves === movesBefore && this.nextTryAt === null ? this.quietWatches + 1 : 0;
      if (this.quietWatches >= (this.state === 'live' ? 1 : 2)) {
        this.quietWatches = 0;
        this.dispatch({ type: 'stalled' });
      }
      this.watch(this.moves);
    });
  }

  private changed(changed: Changed): void {
    if (changed.tables.length > 0) this.options.onChanged(changed);
  }

  /** A status that cannot be read must not undo what it would tell of: a command that is on the disk stays acknowledged. */
  private tell(): void {
    try {
      this.options.onStatus(this.status());
    } catch (error) {
      const { kind, message } = shapeOfFailure(error);
      this.options.onTrouble?.(kind, message);
    }
  }
}
