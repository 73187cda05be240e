import type { Clock } from '../../shared/clock.ts';
import { Failure } from '../../shared/errors.ts';
import type { WireCommand } from '../../shared/protocol/commands.ts';
import type { Changed } from '../db/changed.ts';
import { readOperator } from '../db/meta.ts';
import { markSending, markWaiting, nextToSend } from '../db/outbox.ts';
import { recordResults } from '../db/record-results.ts';
import type { WriteDb } from '../db/statements.ts';
import type { SessionKeeper } from './session.ts';
import type { Transport } from './transport.ts';

const batchSize = 100;
/** How long a case rests whose command the server choked on, ms; doubles with each time. */
const firstHoldMs = 2000;
const longestHoldMs = 60_000;

/** A failure of the command itself or of the server's handling of it, not of the line. */
function isAboutCommand(error: unknown): boolean {
  return (
    error instanceof Failure &&
    (error.kind === 'internal' || error.kind === 'badArguments' || error.kind === 'answerMalformed')
  );
}

/**
 * Empties the outbox, oldest first. A batch the server chokes on is sent one by one; a command it still chokes on rests with the later ones of its own
 * case, and all others go on.
 */
export class Pusher {
  private readonly db: WriteDb;
  private readonly transport: Transport;
  private readonly session: SessionKeeper;
  private readonly clock: Clock;
  private readonly held = new Map<string, { until: number; waitMs: number }>();

  constructor(db: WriteDb, transport: Transport, session: SessionKeeper, clock: Clock) {
    this.db = db;
    this.transport = transport;
    this.session = session;
    this.clock = clock;
  }

  /** Sends until nothing is left that may go now. Throws Failure when the line fails: what was under way waits and is sent again. */
  async drain(signal: AbortSignal, onChanged: (changed: Changed) => void): Promise<void> {
    try {
      for (;;) {
        const batch = this.next(batchSize);
        if (batch.length === 0 || signal.aborted) return;
        await this.sendOrIsolate(batch, signal, onChanged);
      }
    } finally {
      markWaiting(this.db);
    }
  }

  /** When the first resting case may be tried again; null: none rests. */
  nextHoldEnds(): number | null {
    const ends = [...this.held.values()].map((hold) => hold.until);
    return ends.length === 0 ? null : Math.min(...ends);
  }

  private next(limit: number): WireCommand[] {
    const operator = readOperator(this.db);
    if (!operator) return [];
    const now = this.clock.now();
    const resting = [...this.held].filter(([, hold]) => hold.until > now).map(([caseId]) => caseId);
    return nextToSend(this.db, operator.id, resting, limit);
  }

  private async sendOrIsolate(
    batch: readonly WireCommand[],
    signal: AbortSignal,
    onChanged: (changed: Changed) => void,
  ): Promise<void> {
    try {
      await this.send(batch, signal, onChanged);
    } catch (error) {
      if (!isAboutCommand(error)) throw error;
      // Not by the hold's end: the answers of others may take longer than that, and a later command would overtake.
      const choked = new Set<string>();
      for (const command of batch) {
        if (choked.has(command.caseId)) continue;
        try {
          await this.send([command], signal, onChanged);
        } catch (alone) {
          if (!isAboutCommand(alone)) throw alone;
          choked.add(command.caseId);
          this.hold(command.caseId);
        }
      }
    }
  }

  private async send(batch: readonly WireCommand[], signal: AbortSignal, onChanged: (changed: Changed) => void) {
    markSending(
      this.db,
      batch.map((command) => command.id),
    );
    const results = await this.session.with(signal, (token) => this.transport.commands(token, batch, signal));
    const answered = new Set(results.map((result) => result.id));
    if (batch.some((command) => !answered.has(command.id)))
      throw new Failure('answerMalformed', 'a command was not answered', { retry: true });
    onChanged(recordResults(this.db, results));
    for (const command of batch) this.held.delete(command.caseId);
  }

  private hold(caseId: string): void {
    const waitMs = Math.min(longestHoldMs, (this.held.get(caseId)?.waitMs ?? firstHoldMs / 2) * 2);
    this.held.set(caseId, { until: this.clock.now() + waitMs, waitMs });
  }
}
