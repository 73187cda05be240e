import type { Clock } from '../../shared/clock.ts';
import { Failure } from '../../shared/errors.ts';
import type { WireCommand } from '../../shared/protocol/commands.ts';
import type { Changed } from '../db/changed.ts';
import { readFact, readOperator } from '../db/meta.ts';
import { markChoked, markSending, markWaiting, nextLeave, nextToSend } from '../db/outbox.ts';
import { recordResults } from '../db/record-results.ts';
import { newestSeen } from '../db/seen.ts';
import type { WriteDb } from '../db/statements.ts';
import type { SessionKeeper } from './session.ts';
import type { Transport } from './transport.ts';

const batchSize = 100;
/** How long a case rests whose command the server choked on, ms; doubles with each time. */
const firstRestMs = 2000;
const longestRestMs = 60_000;

interface Rest {
  /** By the server's clock, ms. */
  until: number;
  waitMs: number;
}

/** A clock that was set back does not make a rest longer than it was meant to be. */
const isOver = ({ until, waitMs }: Rest, now: number): boolean => until <= now || until - now > waitMs;

/** The server's data are not those that the replica holds: it was restored. */
export function isOfOtherData(error: unknown): boolean {
  return error instanceof Failure && error.detail === 'cursorAhead';
}

/** A failure of the command itself or of the server's handling of it, not of the line. */
function isAboutCommand(error: unknown): boolean {
  return (
    error instanceof Failure &&
    !isOfOtherData(error) &&
    (error.kind === 'internal' || error.kind === 'badArguments' || error.kind === 'answerMalformed')
  );
}

/** What a pass through the outbox tells of. */
export interface PushWatcher {
  /** Answers were recorded. */
  answered(changed: Changed): void;
  /** The server failed to handle a command of this case. */
  choked(caseId: string): void;
}

/**
 * Empties the outbox of what may leave, oldest first. A batch the server chokes on is sent one by one; a command it still chokes on rests with the later ones of its own
 * case, and all others go on.
 */
export class Pusher {
  private readonly db: WriteDb;
  private readonly transport: Transport;
  private readonly session: SessionKeeper;
  private readonly clock: Clock;
  private readonly resting = new Map<string, Rest>();
  private lookedAt = 0;

  constructor(db: WriteDb, transport: Transport, session: SessionKeeper, clock: Clock) {
    this.db = db;
    this.transport = transport;
    this.session = session;
    this.clock = clock;
  }

  /** Sends until nothing is left that may go now. Throws Failure when the line fails or the data are others: what was under way waits and is sent again. */
  async drain(signal: AbortSignal, on: PushWatcher): Promise<void> {
    try {
      for (;;) {
        const batch = this.next(batchSize);
        if (batch.length === 0 || signal.aborted) return;
        await this.sendOrIsolate(batch, signal, on);
      }
    } finally {
      markWaiting(this.db);
    }
  }

  /** When the next command may leave that may not now: its case rests, or it can still be taken back. Null: there is none. */
  nextDue(): number | null {
    const leave = nextLeave(this.db, this.clock.now());
    // What was over when the outbox was last looked through has been tried, or has nothing left to send.
    const ends = [...this.resting.values()].filter((rest) => !isOver(rest, this.lookedAt)).map((rest) => rest.until);
    if (leave !== null) ends.push(leave);
    return ends.length === 0 ? null : Math.min(...ends);
  }

  private next(limit: number): WireCommand[] {
    const operator = readOperator(this.db);
    if (!operator) return [];
    const now = this.clock.now();
    this.lookedAt = now;
    const resting = [...this.resting].filter(([, rest]) => !isOver(rest, now)).map(([caseId]) => caseId);
    return nextToSend(this.db, operator.id, resting, limit, now);
  }

  private async sendOrIsolate(batch: readonly WireCommand[], signal: AbortSignal, on: PushWatcher): Promise<void> {
    try {
      await this.send(batch, signal, on);
    } catch (error) {
      if (!isAboutCommand(error)) throw error;
      // Not by the rest's end: the answers of others may take longer than that, and a later command would overtake.
      const choked = new Set<string>();
      for (const command of batch) {
        if (choked.has(command.caseId)) continue;
        try {
          await this.send([command], signal, on);
        } catch (alone) {
          if (!isAboutCommand(alone)) throw alone;
          choked.add(command.caseId);
          this.rest(command.caseId);
          markChoked(this.db, command.id, this.clock.now());
          on.choked(command.caseId);
        }
      }
    }
  }

  private async send(batch: readonly WireCommand[], signal: AbortSignal, on: PushWatcher) {
    markSending(
      this.db,
      batch.map((command) => command.id),
    );
    const epoch = readFact(this.db, 'epoch');
    const request = { commands: [...batch], ...(epoch === null ? {} : { seen: { epoch, rev: newestSeen(this.db) } }) };
    const results = await this.session.with(signal, (token) => this.transport.commands(token, request, signal));
    const answered = new Set(results.map((result) => result.id));
    if (batch.some((command) => !answered.has(command.id)))
      throw new Failure('answerMalformed', 'a command was not answered', { retry: true });
    on.answered(recordResults(this.db, results));
    for (const command of batch) this.resting.delete(command.caseId);
  }

  private rest(caseId: string): void {
    const waitMs = Math.min(longestRestMs, (this.resting.get(caseId)?.waitMs ?? firstRestMs / 2) * 2);
    this.resting.set(caseId, { until: this.clock.now() + waitMs, waitMs });
  }
}
