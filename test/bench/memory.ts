import { readFile } from 'node:fs/promises';
import type { ElectronApplication } from '@playwright/test';
import type { Scope } from '../../scripts/local/scope.ts';
import { type Figure, figure } from './figures.ts';
import { desk, launch } from './launch.ts';
import { type StartOptions, workstation } from './starts.ts';

const quietPercent = 5;
const longestWaitMs = 30_000;
const betweenMs = 1000;

/** Memory of each process of the app at rest, the full replica behind it, a case open. MB of 1024 × 1024 bytes. */
export async function measureMemory(options: StartOptions, scope: Scope): Promise<Figure[]> {
  const { app, page } = await launch(options.electronPath, desk(options.app, workstation(options, 'large')), scope);
  await page.locator('[data-testid=sync-dot][data-state=live]').waitFor();
  const quiet = await atRest(app);
  const processes = await app.evaluate(({ app }) =>
    app.getAppMetrics().map(({ type, serviceName, name, pid, memory }) => ({
      label: (name ?? serviceName ?? '').replace(/^.*xianyou-/, '') || type,
      type,
      pid,
      kB: memory.workingSetSize,
    })),
  );
  const proportional = await Promise.all(processes.map(({ pid }) => proportionalKb(pid)));
  await app.close();
  const byLabel = new Map<string, number>();
  for (const { type, label, kB } of processes) {
    const key = nameOf(type, label);
    byLabel.set(key, (byLabel.get(key) ?? 0) + kB);
  }
  const sum = (values: Iterable<number>) => [...values].reduce((total, kB) => total + kB, 0);
  const shared = 'pages that processes share are counted in each';
  const note = quiet ? shared : `${shared}; the app was not at rest after ${longestWaitMs / 1000} s`;
  return [
    figure('memory.total', 'MB', sum(byLabel.values()) / 1024, { note }),
    ...[...byLabel].map(([key, kB]) => figure(`memory.${key}`, 'MB', kB / 1024)),
    ...(proportional.every((kB) => kB !== null)
      ? [
          figure('memory.totalProportional', 'MB', sum(proportional.map(Number)) / 1024, {
            note: 'shared pages counted once (PSS)',
          }),
        ]
      : []),
  ];
}

/** The field's names for processes: reader, writer, browser, renderer, gpu, network and the like. */
function nameOf(type: string, label: string): string {
  if (type === 'Browser') return 'browser';
  if (type === 'Tab') return 'renderer';
  if (type === 'GPU') return 'gpu';
  return label.toLowerCase().replaceAll(/[^a-z]+/g, '') || type.toLowerCase();
}

/** Waits until the processes together use next to no processor; false when they never do. */
async function atRest(app: ElectronApplication): Promise<boolean> {
  for (let waited = 0; waited < longestWaitMs; waited += betweenMs) {
    const used = await app.evaluate(({ app }) =>
      app.getAppMetrics().reduce((total, { cpu }) => total + cpu.percentCPUUsage, 0),
    );
    if (waited > 0 && used < quietPercent) return true;
    await new Promise((wake) => setTimeout(wake, betweenMs));
  }
  return false;
}

async function proportionalKb(pid: number): Promise<number | null> {
  try {
    const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? Number.NaN);
  } catch {
    return null;
  }
}
