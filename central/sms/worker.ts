import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../../shared/clock.ts';
import { claimDue, nextDueAt, type SmsJob, type SmsStep, storeSteps } from '../db/sms-outbox.ts';
import type { RevisionHub } from '../notices/revision-hub.ts';
import type { SmsProvider } from './provider.ts';

export interface SmsWorkerOptions {
  pool: Pool;
  clock: Clock;
  log: Logger;
  hub: RevisionHub;
  provider: SmsProvider;
  /** First wait before a retry; each further one is four times as long: 1, 4, 16 … s. */
  retryBaseMs?: number;
}
export interface SmsWorker {
  close(): Promise<void>;
}

const leaseMs = 60_000;
const atOnce = 20;
const attemptsAllowed = 6;
const idleMs = 30_000;

/** Delivers what is due: after every commit that may have queued something, and when a retry's time has come. */
export function startSmsWorker(options: SmsWorkerOptions): SmsWorker {
  const { pool, clock, log, hub } = options;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let wanted = false;
  let busy = false;

  function wake(): void {
    wanted = true;
    if (busy || closed) return;
    busy = true;
    if (timer) clearTimeout(timer);
    running = drain().finally(() => {
      busy = false;
    });
  }

  async function drain(): Promise<void> {
    let wait = idleMs;
    try {
      while (wanted && !closed) {
        wanted = false;
        if ((await deliverRound(options)) > 0) wanted = true;
      }
      const next = await nextDueAt(pool);
      if (next !== null) wait = Math.min(Math.max(next - clock.now(), 1), idleMs);
    } catch (error) {
      log.warn({ err: error }, 'the SMS outbox cannot be worked on now');
      wait = 1000;
    }
    if (!closed) timer = setTimeout(wake, wait);
  }

  const unsubscribe = hub.subscribe(wake);
  wake();
  return {
    async close() {
      closed = true;
      unsubscribe();
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}

async function deliverRound({ pool, clock, provider, retryBaseMs = 1000, log }: SmsWorkerOptions): Promise<number> {
  const jobs = await claimDue(pool, clock.now(), leaseMs, atOnce);
  const steps = await Promise.all(jobs.map((job) => attempt(job, provider, clock, retryBaseMs)));
  await storeSteps(pool, steps);
  if (jobs.length > 0) log.info({ jobs: jobs.length }, 'SMS worked on');
  return jobs.length;
}

async function attempt(job: SmsJob, provider: SmsProvider, clock: Clock, retryBaseMs: number): Promise<SmsStep> {
  const { messageId, attempts } = job;
  const done = (message: SmsStep['message'], made = attempts): SmsStep => ({
    messageId,
    outbox: { state: 'done', attempts: made, nextAt: clock.now() },
    message,
  });
  // Told as sent in an earlier round, and known to have arrived: each state is a revision of its own, so that the desk sees both.
  if (job.state === 'sent') return done({ state: 'delivered', deliveredAt: clock.now() });
  const failed = (failure: string, made: number) =>
    done({ state: 'failed', failedAt: clock.now(), failure, attempts: made }, made);
  if (job.phone === '') return failed('invalidNumber', attempts);
  const answer = await provider.send({ id: messageId, phone: job.phone, text: job.body });
  const made = attempts + 1;
  const now = clock.now();
  if (answer.outcome === 'refused') return failed('providerRefused', made);
  if (answer.outcome === 'unreachable') {
    if (made >= attemptsAllowed) return failed('providerUnreachable', made);
    const nextAt = now + retryBaseMs * 4 ** attempts;
    return { messageId, outbox: { state: 'due', attempts: made, nextAt }, message: { attempts: made } };
  }
  return {
    messageId,
    outbox: { state: answer.delivered ? 'sent' : 'done', attempts: made, nextAt: now },
    message: { state: 'sent', sentAt: now, attempts: made },
  };
}
