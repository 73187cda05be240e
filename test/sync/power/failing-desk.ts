import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, type FailureKind } from '../../../shared/errors.ts';
import { FaultDesk } from './fault-desk.ts';
import { type FaultErrno, type FaultSpan, FaultSwitch } from './fault-switch.ts';

// A desk on a disk that fails, once for every place where it can. Arguments: folder, first place, distance between places.
// Prints one JSON line, the sum of what happened.
const [root = '', firstText = '1', everyText = '1'] = process.argv.slice(2);

/** What an operator may be told when the disk does not take something. */
const clear: readonly FailureKind[] = ['diskFull', 'diskFailing', 'replicaReadOnly'];
/** Tries while the disk is still ill. */
const triesWhileIll = 2;

const sum = {
  places: 0,
  sessions: 0,
  /** Sessions in which the fault struck, and in which a step was refused because of it. */
  struck: 0,
  refused: 0,
  /** Sessions that needed a new connection. */
  reopened: 0,
  kinds: {} as Record<string, number>,
  problems: [] as string[],
};

async function session(n: number, errno: FaultErrno, span: FaultSpan): Promise<number> {
  const folder = join(root, 'desk');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const desk = new FaultDesk(folder);
  let refused = false;
  let reopened = false;
  const problem = (step: string, what: string) => {
    if (sum.problems.length < 20) sum.problems.push(`${errno} ${span} at ${n}, ${step}: ${what}`);
  };
  const tried = async (step: FaultDesk['steps'][number]): Promise<boolean> => {
    try {
      await step.run();
      return true;
    } catch (error) {
      refused = true;
      const kind = error instanceof Failure ? error.kind : null;
      sum.kinds[kind ?? 'none'] = (sum.kinds[kind ?? 'none'] ?? 0) + 1;
      if (kind === null || !clear.includes(kind)) problem(step.name, `no clear failure: ${kind} ${String(error)}`);
      return false;
    }
  };
  const look = (step: string, when: string) => {
    try {
      for (const one of desk.problems()) problem(step, `${when}: ${one}`);
    } catch (error) {
      if (when !== 'while the disk is ill') problem(step, `${when} it cannot be read: ${String(error)}`);
    }
  };
  disk.arm(n, errno, span);
  let ill = true;
  let seen = { calls: 0, failed: 0 };
  for (const step of desk.steps) {
    if (await tried(step)) continue;
    look(step.name, 'while the disk is ill');
    let done = false;
    for (let again = 0; again < triesWhileIll && !done && ill; again += 1) done = await tried(step);
    if (ill) seen = disk.heal();
    ill = false;
    look(step.name, 'after the fault');
    if (!done && !(await tried(step))) {
      reopened = true;
      desk.reopen();
      look(step.name, 'after opening again');
      if (step.name.startsWith('open')) continue;
      if (!(await tried(step))) problem(step.name, 'it does not go on');
    }
  }
  if (ill) seen = disk.heal();
  for (const one of desk.endProblems()) problem('end', one);
  desk.close();
  sum.sessions += 1;
  if (seen.failed > 0) sum.struck += 1;
  if (refused) sum.refused += 1;
  if (reopened) sum.reopened += 1;
  return seen.calls;
}

const disk = new FaultSwitch(root);
// A first session without a fault counts the places.
sum.places = await session(1_000_000_000, 'EIO', 'once');
if (sum.places < 100) sum.problems.push(`the shim saw only ${sum.places} changes`);
for (let n = Number(firstText); n <= sum.places; n += Number(everyText))
  for (const errno of ['ENOSPC', 'EIO'] as const)
    for (const span of ['once', 'on'] as const) await session(n, errno, span);
process.stdout.write(`${JSON.stringify(sum)}\n`);
