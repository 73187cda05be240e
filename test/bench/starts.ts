import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { demoAccount } from '../../scripts/local/central.ts';
import type { Scope } from '../../scripts/local/scope.ts';
import type { Say } from '../../scripts/runtime/progress.ts';
import { type Figure, figure, median, medianFigure } from './figures.ts';
import { desk, emptyWindow, launch, type Subject } from './launch.ts';

export interface StartOptions {
  electronPath: string;
  /** Folder of the built app. */
  app: string;
  display: string;
  folder: string;
  large: string;
  small: string;
  runs: number;
}

type Which = 'empty' | 'large' | 'small';
/** The app's own moments, in the order they come. */
const moments = ['mainStart', 'appReady', 'windowCreated', 'portsHanded', 'firstContent', 'firstHandledClick'] as const;
type Marks = Partial<Record<(typeof moments)[number], number>>;

/** Environment of a workstation of its own, signed in by the demonstration account. */
export function workstation(options: StartOptions, name: 'large' | 'small'): Record<string, string> {
  return {
    ...(process.env as Record<string, string>),
    DISPLAY: options.display,
    XIANYOU_CENTRAL_URL: options[name],
    XIANYOU_USER_DATA: join(options.folder, `desk-${name}`),
    XIANYOU_WORKSTATION: `bench-${name}`,
    XIANYOU_DEMO_USER: demoAccount.user,
    XIANYOU_DEMO_PASSWORD: demoAccount.password,
    XIANYOU_MARKS: join(options.folder, `marks-${name}.json`),
  };
}

/** Starts of an empty window, of the app on a full replica and on a small one, in turns, so that a machine that slows down slows all alike. */
export async function measureStarts(options: StartOptions, scope: Scope, say: Say): Promise<Figure[]> {
  await mkdir(options.folder, { recursive: true });
  const subjects: Record<Which, Subject> = {
    empty: emptyWindow({ ...(process.env as Record<string, string>), DISPLAY: options.display }),
    large: desk(options.app, workstation(options, 'large')),
    small: desk(options.app, workstation(options, 'small')),
  };
  const times: Record<Which, number[]> = { empty: [], large: [], small: [] };
  const work: Record<Which, number[]> = { empty: [], large: [], small: [] };
  const breakdown: Marks[] = [];
  // The first round brings caches of the disk and of compiled code to where they are on any day but the first; it is not counted.
  for (let run = 0; run <= options.runs; run += 1) {
    for (const which of ['empty', 'large', 'small'] as const) {
      const { ms, startedAt, app } = await launch(options.electronPath, subjects[which], scope);
      const processor = await processorSeconds(app);
      await app.close();
      say(`${run === 0 ? 'warm-up' : `run ${run}`}: ${which} ${Math.round(ms)} ms`);
      if (run === 0) continue;
      times[which].push(ms);
      work[which].push(processor);
      if (which === 'large') breakdown.push(await marksAfter(join(options.folder, 'marks-large.json'), startedAt));
    }
  }
  const ratio = median(times.large) / median(times.empty);
  const growth = median(times.large) / median(times.small);
  return [
    figure('start.ratioToEmptyWindow', '', ratio, { goal: 3 }),
    figure('start.growth', '', growth, { goal: 1.2 }),
    medianFigure('start.emptyWindow', 'ms', times.empty),
    medianFigure('start.app', 'ms', times.large),
    medianFigure('start.appSmall', 'ms', times.small),
    medianFigure(
      'start.emptyWindow.processor',
      's',
      work.empty,
      'processor time of all processes up to the handled click',
    ),
    medianFigure('start.app.processor', 's', work.large),
    ...marksAsFigures(breakdown),
  ];
}

/** The moments of a start that the app wrote down, as ms after its spawn. */
async function marksAfter(file: string, startedAt: number): Promise<Marks> {
  const marks = JSON.parse(await readFile(file, 'utf8')) as Marks;
  return Object.fromEntries(Object.entries(marks).map(([moment, at]) => [moment, at - startedAt]));
}

function marksAsFigures(breakdown: readonly Marks[]): Figure[] {
  return moments.flatMap((moment) => {
    const samples = breakdown.flatMap((marks) => marks[moment] ?? []);
    return samples.length === 0 ? [] : [medianFigure(`start.app.${moment}`, 'ms', samples, 'after the spawn')];
  });
}

/** Unlike the clock, it hardly depends on what else the machine does. */
async function processorSeconds(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ app }) =>
    app.getAppMetrics().reduce((total, { cpu }) => total + (cpu.cumulativeCPUUsage ?? 0), 0),
  );
}
