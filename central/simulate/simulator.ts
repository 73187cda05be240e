import type { Logger } from 'pino';
import type { Clock } from '../../shared/clock.ts';
import { dayMs } from '../../shared/time/shanghai.ts';
import { demoIntakeKey } from '../prepare-seed.ts';
import { seedAccounts } from '../seed/accounts.ts';
import { Prng } from '../seed/prng.ts';
import { countyOf } from '../seed/register/places.ts';
import { createSimulatorClient, type SimulatorClient } from './client.ts';
import { drawReport } from './report.ts';

export interface SimulatorOptions {
  url: string;
  clock: Clock;
  log: Logger;
  /** Cases of a day, and how many times faster than life: 31 a day at 500 is one case every 5.6 s. */
  perDay: number;
  speed: number;
  seed?: number;
}
export interface Simulator {
  /** Lets the request under way be answered, then stops: torn off, it would go on in a server that is closing. */
  close(): Promise<void>;
}

/** However fast it is told to be, it waits this long between two requests and lets one end before the next. */
const shortestWaitMs = 20;
const waitAfterFailureMs = 5000;
/** Cases of its own that it still moves along. */
const keptCases = 200;

/** The steps of a case, each with the permille of chances taken that it happens; `closeCase` ends it. */
const steps = [
  { name: 'acceptCase', args: { note: '' }, permille: 800 },
  { name: 'arriveOnScene', args: { note: '' }, permille: 600 },
  { name: 'recordAction', args: { note: '已到现场核实，正组织双方调解。' }, permille: 600 },
  { name: 'resolveCase', args: { level: 'village', note: '双方达成一致。' }, permille: 500 },
  { name: 'closeCase', args: { note: '' }, permille: 700 },
] as const;

/** Keeps the county alive through the public interface: posts reports at the rate, and moves the cases they became. What it posts follows from the seed. */
export function startSimulator({ url, clock, log, perDay, speed, seed = 1 }: SimulatorOptions): Simulator {
  const prng = new Prng(seed, 7);
  const county = countyOf(new Prng(seed, 1));
  const stop = new AbortController();
  const account = seedAccounts.find((row) => row.username === 'dispatcher2') ?? { username: '', password: '' };
  const client = createSimulatorClient(url, demoIntakeKey, account);
  // Numbers of another run name other cases.
  const run = clock.now().toString(36);
  const meanMs = dayMs / perDay / speed;
  const moving: { id: string; step: number }[] = [];

  async function work(): Promise<void> {
    for (let n = 1; !stop.signal.aborted; n += 1) {
      // Between a half and one and a half of the mean: even enough to show, uneven enough to look alive.
      let wait = Math.max((meanMs * (500 + prng.below(1001))) / 1000, shortestWaitMs);
      try {
        await postOne(n);
        if (!stop.signal.aborted) await moveSome(client, moving, prng, clock);
      } catch (error) {
        if (stop.signal.aborted) return;
        log.warn({ err: error }, 'the simulator was not heard');
        wait = Math.max(wait, waitAfterFailureMs);
      }
      await sleep(wait, stop.signal);
    }
  }

  async function postOne(n: number): Promise<void> {
    const report = drawReport(county, prng, clock.now(), `SIM-${run}-${n}`);
    const taken = await client.post(report.source, report.body);
    if (taken.villageCode !== null) moving.push({ id: taken.id, step: 0 });
    if (moving.length > keptCases) moving.shift();
  }

  log.info({ perDay, speed, everySeconds: Math.round(meanMs / 100) / 10 }, 'the simulator runs');
  const ended = work();
  return {
    async close() {
      stop.abort();
      await ended;
    },
  };
}

/** Two of the cases take a chance at their next step. */
async function moveSome(
  client: SimulatorClient,
  moving: { id: string; step: number }[],
  prng: Prng,
  clock: Clock,
): Promise<void> {
  for (let turn = 0; turn < 2 && moving.length > 0; turn += 1) {
    const index = prng.below(moving.length);
    const entry = moving[index];
    const next = entry && steps[entry.step];
    if (!entry || !next || !prng.chance(next.permille)) continue;
    // A refusal (a person at the desk was faster) counts as done.
    await client.command(entry.id, next.name, next.args, clock.now());
    entry.step += 1;
    if (entry.step === steps.length) moving.splice(index, 1);
  }
}

function sleep(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (stop.aborted) return done();
    const timer = setTimeout(done, ms);
    stop.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        done();
      },
      { once: true },
    );
  });
}
