import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeOriginal } from './original.ts';
import { type Outcome, outcomes, soundEnd, type Trial, trial } from './trial.ts';

export interface DamageReport {
  runs: number;
  /** Seeds that broke a promise. */
  failed: number[];
  commandsKept: string;
  byOutcome: Record<Outcome, number>;
  byKind: Record<string, Partial<Record<Outcome, number>>>;
  /** Runs in which at least one command came from the side file, not from the damaged one. */
  neededSideFile: number;
  seconds: number;
}

/** Damages from a seed on; `each` hears of every one and says whether to go on. */
export async function damageMany(seed: number, runs: number, each: (one: Trial) => boolean): Promise<DamageReport> {
  const started = performance.now();
  const original = makeOriginal();
  const sound = await soundEnd(original);
  const byOutcome = Object.fromEntries(outcomes.map((name) => [name, 0])) as Record<Outcome, number>;
  const byKind: DamageReport['byKind'] = {};
  const failed: number[] = [];
  let done = 0;
  let neededSideFile = 0;
  for (let at = seed; at < seed + runs; at += 1) {
    const one = await trial(original, sound, at);
    done += 1;
    if (one.restored > 0) neededSideFile += 1;
    byOutcome[one.outcome] += 1;
    const name = `${one.damage.target} ${one.damage.kind}`;
    const row = byKind[name] ?? {};
    byKind[name] = { ...row, [one.outcome]: (row[one.outcome] ?? 0) + 1 };
    if (one.problems.length > 0) failed.push(at);
    if (!each(one)) break;
  }
  for (const file of [original.killed, original.closed]) rmSync(dirname(file), { recursive: true });
  const commands = original.pending.length + original.rejected.length;
  return {
    runs: done,
    failed,
    commandsKept: `${commands} of ${commands} in ${done - failed.length} of ${done} runs`,
    byOutcome,
    byKind: Object.fromEntries(Object.entries(byKind).sort(([a], [b]) => (a < b ? -1 : 1))),
    neededSideFile,
    seconds: Math.round((performance.now() - started) / 1000),
  };
}
