import type { Clock } from '../../shared/clock.ts';
import { Failure, type FailureKind } from '../../shared/errors.ts';
import type { DigestMode } from '../../shared/protocol/digest.ts';
import type { Changed } from '../db/changed.ts';
import { holdAllTables, tablesToFill } from '../db/held-tables.ts';
import { readFact, writeFact } from '../db/meta.ts';
import { repairRows } from '../db/repair.ts';
import type { WriteDb } from '../db/statements.ts';
import type { SessionKeeper } from './session.ts';
import type { Timers } from './timers.ts';
import type { Transport } from './transport.ts';
import { Verify, type VerifyHost, type VerifyReport, verifyRows } from './verify.ts';

/**
 * How fast everything is compared, ms. A damage is found within one round: about 1,000 rows a slice, so that a round over four million rows (a million
 * cases) takes eight minutes; smaller replicas rest for what is left of them.
 */
export interface SweepPace {
  /** Before the first comparison after coming live. */
  firstMs: number;
  sliceMs: number;
  roundMs: number;
  /** Until a range that was moving is looked at again. */
  movedMs: number;
  /** After a failure of the line or of the server. */
  failedMs: number;
  /** How old the last comparison of contents, not only of revisions, becomes: it costs the server some twenty times as much. */
  contentMs: number;
}
export const sweepPace: SweepPace = {
  firstMs: 10_000,
  sliceMs: 110,
  roundMs: 480_000,
  movedMs: 1000,
  failedMs: 60_000,
  contentMs: 24 * 3_600_000,
};

export interface SweepHost {
  db: WriteDb;
  transport: Transport;
  session: SessionKeeper;
  timers: Timers;
  /** The server's clock. */
  clock: Clock;
  pull(): void;
  /** Rows may have changed, and what the status says of comparing. */
  changed(changed: Changed): void;
  trouble(kind: FailureKind, message: string): void;
}

/** Failures that end neither the session nor the file: the comparison rests and goes on where it was. */
const passing: readonly FailureKind[] = [
  'serverUnreachable',
  'timeout',
  'answerCut',
  'answerMalformed',
  'badArguments',
  'internal',
];

/** Compares the replica with its server again and again, behind everything else, and repairs what it finds. */
export class Sweep {
  private readonly host: SweepHost;
  private readonly pace: SweepPace;
  private round: Verify | null = null;
  private mode: DigestMode = 'revisions';
  private startedAt = 0;
  private lastTrouble: FailureKind | null = null;

  constructor(host: SweepHost, pace: SweepPace) {
    this.host = host;
    this.pace = pace;
  }

  /** Runs until the signal aborts or the data set changes; the next run goes on with the round it left. Throws Failure for what is not about comparing. */
  async run(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.host;
    await this.pause(this.pace.firstMs, signal);
    while (!signal.aborted && readFact(db, 'cursor') !== null) {
      if (this.round === null || this.round.epoch !== readFact(db, 'epoch')) this.begin();
      const round = this.round as unknown as Verify;
      try {
        if (!(await round.run(signal))) return;
        this.lastTrouble = null;
      } catch (error) {
        if (signal.aborted) return;
        await this.rest(error, signal);
        continue;
      }
      const again = this.end(round.report);
      const rest = again ? 0 : this.startedAt + this.pace.roundMs - clock.now();
      await this.pause(Math.min(this.pace.roundMs, Math.max(this.pace.firstMs, rest)), signal);
    }
  }

  /** Brings what a program that did not know some tables had passed over: those tables alone. Throws Failure as the line does. */
  async fill(signal: AbortSignal): Promise<void> {
    const { db, changed } = this.host;
    const tables = tablesToFill(db);
    if (tables.length === 0) return;
    const host = { ...this.verifyHost({ slice: 0, moved: 200 }), repaired: changed };
    const verify = new Verify(host, { mode: 'revisions', repair: true, tables });
    if ((await verify.run(signal)) && verify.report.unsettled === 0) holdAllTables(db);
  }

  /** One comparison of everything at once, without the pace. Throws Failure as the line does. */
  async once(
    options: { mode: DigestMode; repair: boolean },
    signal: AbortSignal,
  ): Promise<{ ended: boolean; report: VerifyReport }> {
    const verify = new Verify(this.verifyHost({ slice: 0, moved: 200 }), options);
    return { ended: await verify.run(signal), report: verify.report };
  }

  private begin(): void {
    const { db, clock } = this.host;
    const { contentMs, sliceMs, movedMs } = this.pace;
    this.startedAt = clock.now();
    const since = readFact(db, 'contentAt');
    // What has just come from the server is not looked at for what time does to a disk.
    if (since === null) writeFact(db, 'contentAt', this.startedAt);
    // A clock that was set back says nothing of how long ago it was.
    const due = since !== null && (this.startedAt - since >= contentMs || since > this.startedAt);
    this.mode = due ? 'content' : 'revisions';
    const slice = (sliceMs * verifyRows(this.mode)) / verifyRows('revisions');
    this.round = new Verify(this.verifyHost({ slice, moved: movedMs }), { mode: this.mode, repair: true });
  }

  /**
   * Whether contents are to be compared next, at once: rows that were not the server's by their revisions make the others doubtful too. A server that was
   * restored unnoticed may have given a revision we hold to something else.
   */
  private end({ repaired, unsettled, differences }: VerifyReport): boolean {
    const { mode } = this;
    this.round = null;
    if (unsettled === 0) writeFact(this.host.db, 'verifiedAt', this.startedAt);
    if (mode === 'content') writeFact(this.host.db, 'contentAt', this.startedAt);
    this.host.changed({ rows: 0, tables: [], caseIds: [] });
    if (differences.length === 0) return false;
    const doubtful = mode === 'revisions';
    // Long ago by any clock.
    if (doubtful) writeFact(this.host.db, 'contentAt', 0);
    const tables = [...new Set(differences.map((one) => one.table))].join(', ');
    this.host.trouble('replicaDamaged', `rows of ${tables} were not the server's: ${repaired} repaired`);
    return doubtful;
  }

  private async rest(error: unknown, signal: AbortSignal): Promise<void> {
    if (!(error instanceof Failure) || !passing.includes(error.kind)) throw error;
    // A server that knows no comparing says so every time.
    if (error.kind !== this.lastTrouble) this.host.trouble(error.kind, `comparing rests: ${error.message}`);
    this.lastTrouble = error.kind;
    await this.pause(this.pace.failedMs, signal);
  }

  private verifyHost(wait: { slice: number; moved: number }): VerifyHost {
    const { db, transport, session } = this.host;
    return {
      db,
      transport,
      session,
      pause: (why, signal) => {
        if (why === 'moved') this.host.pull();
        return this.pause(wait[why], signal);
      },
      mend: (table, ids, answer) => repairRows(db, table, ids, answer),
      repaired: (changed, rows) => {
        writeFact(db, 'repairedRows', (readFact(db, 'repairedRows') ?? 0) + rows);
        this.host.changed(changed);
      },
    };
  }

  private pause(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        cancel();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const cancel = this.host.timers.after(ms, done);
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
