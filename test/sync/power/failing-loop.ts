import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../../shared/errors.ts';
import { FaultLoop } from './fault-loop.ts';
import { type FaultErrno, type FaultSpan, FaultSwitch } from './fault-switch.ts';

// The whole writer, handlers and sync loop, on a disk that fails at one place. Arguments: folder, first place, distance between places.
// Prints one JSON line, the sum of what happened.
const [root = '', firstText = '1', everyText = '1'] = process.argv.slice(2);

const sum = {
  places: 0,
  sessions: 0,
  struck: 0,
  /** Sessions in which the loop said that it is blocked by the disk, commands refused, sessions in which the replica was opened anew. */
  blocked: 0,
  refused: 0,
  reopened: 0,
  /** Most time from the disk's healing until everything was in step, virtual seconds. */
  slowestSeconds: 0,
  kinds: {} as Record<string, number>,
  problems: [] as string[],
};
let label = '';
const problem = (what: string) => {
  if (sum.problems.length < 20) sum.problems.push(`${label}: ${what}`);
};
// In the writer either would end the process.
process.on('uncaughtException', (error) => problem(`the writer would have fallen: ${String(error)}`));
process.on('unhandledRejection', (error) => problem(`the writer would have fallen: ${String(error)}`));

const disk = new FaultSwitch(root);

async function session(n: number, errno: FaultErrno, span: FaultSpan): Promise<number> {
  label = `${errno} ${span} at ${n}`;
  const folder = join(root, 'desk');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const loop = new FaultLoop(folder);
  let seen: { calls: number; failed: number } | null = null;
  const healed = () => {
    seen ??= disk.heal();
  };
  const heard = (error: unknown) => {
    const kind = error instanceof Failure ? error.kind : 'none';
    sum.kinds[kind] = (sum.kinds[kind] ?? 0) + 1;
    if (kind !== 'diskFull' && kind !== 'diskFailing' && kind !== 'replicaReadOnly')
      problem(`no clear failure: ${kind} ${String(error)}`);
  };
  disk.arm(n, errno, span);
  try {
    loop.open();
  } catch (error) {
    heard(error);
    healed();
    loop.open();
    sum.reopened += 1;
  }
  // A working day in steps; an ill disk may hold each up, the loop's own timers then get some time before it is healed.
  for (const step of loop.day()) {
    let refused = false;
    for (let tries = 0; tries < 3; tries += 1) {
      try {
        await step.act();
        break;
      } catch (error) {
        heard(error);
        refused = true;
        if (tries > 0) healed();
        if (tries === 2) problem(`${step.name} is refused by a disk that is well`);
      }
    }
    if (refused) sum.refused += 1;
    if (await loop.until(step.done, seen ? 300 : 200)) continue;
    if (loop.status?.reason !== null && loop.status?.state === 'blocked') sum.blocked += 1;
    healed();
    const began = loop.seconds;
    if (!(await loop.until(step.done, 300))) problem(`${step.name} is stuck: ${JSON.stringify(loop.status)}`);
    sum.slowestSeconds = Math.max(sum.slowestSeconds, loop.seconds - began);
  }
  healed();
  for (const one of loop.problems()) problem(one);
  await loop.close();
  sum.sessions += 1;
  const { calls, failed } = seen ?? { calls: 0, failed: 0 };
  if (failed > 0) sum.struck += 1;
  return calls;
}

sum.places = await session(1_000_000_000, 'EIO', 'once');
if (sum.places < 100) sum.problems.push(`the shim saw only ${sum.places} changes`);
for (let n = Number(firstText); n <= sum.places; n += Number(everyText))
  for (const errno of ['ENOSPC', 'EIO'] as const)
    for (const span of ['once', 'on'] as const) await session(n, errno, span);
process.stdout.write(`${JSON.stringify(sum)}\n`);
