import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, type Page } from '@playwright/test';
import { electronArguments } from './local/app.ts';
import type { Scope } from './local/scope.ts';
import { projectRoot } from './runtime/places.ts';

export interface TourOptions {
  readonly electronPath: string;
  /** Environment of the app: server, account, display. */
  readonly env: NodeJS.ProcessEnv;
  /** Where the pictures and tour.json go; what an earlier tour left there is replaced. */
  readonly dir: string;
}

/** What one step of the tour read off the screen. */
export interface TourStep {
  readonly name: string;
  readonly picture: string;
  readonly numbers: Readonly<Record<string, number>>;
}

/** What a step of the tour may use. */
export interface TourGuide {
  readonly page: Page;
  /** Takes the picture of what is on the screen now and writes down the numbers that were read off it. */
  record(name: string, numbers?: Readonly<Record<string, number>>): Promise<void>;
}

/** Opens the app, walks through it and leaves a picture of each step and a tour.json. `scope` closes an app left open by an error. */
export async function runTour(options: TourOptions, scope: Scope): Promise<void> {
  await mkdir(options.dir, { recursive: true });
  const app = await _electron.launch({
    executablePath: options.electronPath,
    args: electronArguments(),
    cwd: projectRoot,
    env: definedOnly(options.env),
  });
  let open = true;
  app.once('close', () => {
    open = false;
  });
  scope.defer(async () => {
    if (open) app.process().kill('SIGTERM');
  });
  const page = await app.firstWindow();
  const steps: TourStep[] = [];
  const guide: TourGuide = {
    page,
    async record(name, numbers = {}) {
      const picture = `${String(steps.length + 1).padStart(2, '0')}-${name}.png`;
      await rm(join(options.dir, picture), { force: true });
      await page.screenshot({ path: join(options.dir, picture) });
      steps.push({ name, picture, numbers });
    },
  };
  await visitMainWindow(guide);
  await writeFile(join(options.dir, 'tour.json'), `${JSON.stringify({ steps }, null, 2)}\n`);
  await app.close();
}

async function visitMainWindow(guide: TourGuide): Promise<void> {
  // In step with the server: the first synchronisation is done and the numbers are there.
  await guide.page.locator('[data-testid=sync-dot][data-state=live]').waitFor({ timeout: 60_000 });
  await guide.record('main-window');
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
