import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Chance } from '../simulator/random.ts';
import { ScriptedCounty } from './county-script.ts';
import { Disk, type DiskEvent, readJournal } from './disk.ts';
import { judge, Said, type Verdict } from './judge.ts';
import type { Mark } from './marks.ts';
import { buildShim, runOnDisk, scratchFolder } from './shim.ts';

/**
 * How the desk or its disk is broken on purpose. Not at all: `sound` as the app is, `alone` the replica without the side file of its outbox. `normal`:
 * alone with synchronous=NORMAL; `early`: told before the commit; `lies`: a disk whose syncs do nothing.
 */
export type Flaw = 'sound' | 'alone' | 'normal' | 'early' | 'lies';
const hasSideFile = (flaw: Flaw): boolean => flaw !== 'alone' && flaw !== 'normal';

export interface CutReport {
  flaw: Flaw;
  cuts: number;
  /** Recorded runs the cuts are spread over. */
  recordings: number;
  /** Writes, syncs and the like among which the cuts lie. */
  diskEvents: number;
  /** Commands acknowledged before a cut, summed over the cuts, and how many of them were gone after it. */
  acknowledged: number;
  lost: number;
  cutsWithLoss: number;
  cutsWithProblems: number;
  /** The first few, each with what replays it. */
  examples: string[];
  seconds: number;
}

const cutsPerRecording = 250;
/** Writes, commands and the like a recorded desk goes through; a few cuts need no long day. */
const steps = (cuts: number): number => (cuts < 50 ? 120 : 260);

/** Records desks and cuts their power at `cuts` points. */
export async function cutPower(
  flaw: Flaw,
  cuts: number,
  seed: number,
  stopping: () => boolean = () => false,
): Promise<CutReport> {
  const began = performance.now();
  const report: CutReport = {
    flaw,
    cuts: 0,
    recordings: 0,
    diskEvents: 0,
    acknowledged: 0,
    lost: 0,
    cutsWithLoss: 0,
    cutsWithProblems: 0,
    examples: [],
    seconds: 0,
  };
  const library = buildShim();
  const folder = scratchFolder();
  try {
    for (let own = seed; report.cuts < cuts && !stopping(); own += 1) {
      const events = await record(library, folder, flaw, own, steps(cuts));
      report.recordings += 1;
      report.diskEvents += events.length;
      cutRecording(
        events,
        hasSideFile(flaw),
        Math.min(cutsPerRecording, cuts - report.cuts),
        own,
        folder,
        stopping,
        (at, said, verdict) => {
          report.cuts += 1;
          report.acknowledged += said.acknowledged.size;
          report.lost += verdict.lost.length;
          if (verdict.lost.length > 0) report.cutsWithLoss += 1;
          if (verdict.problems.length > 0) report.cutsWithProblems += 1;
          const first = verdict.problems[0] ?? (verdict.lost[0] === undefined ? null : `${verdict.lost[0]} is lost`);
          if (first !== null && report.examples.length < 5) report.examples.push(`seed ${own} event ${at}: ${first}`);
        },
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  report.seconds = Math.round((performance.now() - began) / 100) / 10;
  return report;
}

async function record(library: string, folder: string, flaw: Flaw, seed: number, length: number): Promise<DiskEvent[]> {
  const desk = join(folder, `desk-${seed}`);
  const journal = join(folder, `journal-${seed}`);
  mkdirSync(desk);
  const env: Record<string, string> = { LD_PRELOAD: library, DISK_SHIM_DIR: desk, DISK_SHIM_JOURNAL: journal };
  if (flaw === 'lies') env.DISK_SHIM_LIES = '1';
  const side = hasSideFile(flaw) ? 'side' : 'alone';
  await runOnDisk('recorded-desk.ts', [desk, String(seed), String(length), side, flaw], env);
  const events = readJournal(readFileSync(journal));
  rmSync(desk, { recursive: true });
  rmSync(journal);
  if (!events.some((event) => event.op === 'write'))
    throw new Error('the shim saw no write: it is not below the process');
  return events;
}

function cutRecording(
  events: readonly DiskEvent[],
  sideFile: boolean,
  cuts: number,
  seed: number,
  folder: string,
  stopping: () => boolean,
  onCut: (at: number, said: Said, verdict: Verdict) => void,
): void {
  const chance = new Chance(seed);
  const points = cutPoints(events, cuts, chance);
  const county = new ScriptedCounty(seed);
  const disk = new Disk(new Chance(seed + 1));
  const said = new Said();
  for (const [at, event] of events.entries()) {
    disk.take(event);
    if (event.op === 'mark') said.hear(JSON.parse(event.data.toString()) as Mark);
    for (let times = points.get(at) ?? 0; times > 0 && !stopping(); times -= 1)
      onCut(at, said, judge(join(folder, 'image'), disk.afterCut(chance), sideFile, said, county));
  }
}

/** Where to cut: a third right after an operator was told, a third around syncs, a third anywhere. Event to number of cuts. */
function cutPoints(events: readonly DiskEvent[], cuts: number, chance: Chance): Map<number, number> {
  const where = (test: (event: DiskEvent) => boolean) =>
    [...events.keys()].filter((at) => test(events[at] as DiskEvent));
  const told = where((event) => event.op === 'mark');
  const aroundSyncs = where((event) => event.op === 'sync')
    .flatMap((at) => [at - 1, at, at + 1])
    .filter((at) => at >= 0);
  const points = new Map<number, number>();
  for (let n = 0; n < cuts; n += 1) {
    const pool = [told, aroundSyncs, [...events.keys()]][n % 3] as number[];
    const at = Math.min(events.length - 1, chance.pick(pool.length > 0 ? pool : [...events.keys()]));
    points.set(at, (points.get(at) ?? 0) + 1);
  }
  return points;
}
