import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { electronArguments } from './local/app.ts';
import type { Scope } from './local/scope.ts';
import { projectRoot } from './runtime/places.ts';
import type { Say } from './runtime/progress.ts';
import { Guide } from './tour/guide.ts';
import { itinerary } from './tour/itinerary.ts';
import { virtualScreenArguments } from './xvfb.ts';

export interface TourOptions {
  readonly electronPath: string;
  /** Environment of the app: server, account, display. */
  readonly env: NodeJS.ProcessEnv;
  /** Where the pictures and tour.json go; what an earlier tour left there is replaced. */
  readonly dir: string;
  /** Cases keep arriving at this server by themselves: the tour waits for one. */
  readonly lively: boolean;
}

/**
 * Opens the app, walks through it and leaves a picture of each step and a tour.json, also of a tour that broke off.
 * Throws an Error naming the step that failed. `scope` closes an app left open by an error.
 */
export async function runTour(options: TourOptions, scope: Scope, say: Say): Promise<void> {
  await emptyFolder(options.dir);
  const app = await _electron.launch({
    executablePath: options.electronPath,
    args: [...electronArguments(), ...virtualScreenArguments],
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
  const guide = new Guide(app, await app.firstWindow(), options.dir);
  try {
    for (const [name, visit] of Object.entries(itinerary)) {
      if (name === 'new cases' && !options.lively) continue;
      await visit(guide).catch(async (error: unknown) => {
        await guide.picture('failed').catch(() => undefined);
        const words = error instanceof Error ? error.message : String(error);
        throw new Error(`The tour failed at "${name}", after ${guide.steps.length} pictures: ${words}`);
      });
      say(`Tour: ${name}`);
    }
  } finally {
    await writeFile(join(options.dir, 'tour.json'), `${JSON.stringify(guide.steps, null, 2)}\n`);
  }
  await app.close();
}

/** Only what a tour writes is removed: the folder may be somebody's own. */
async function emptyFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const name of await readdir(dir)) {
    if (/^\d\d-[a-z0-9-]+\.png$|^tour\.json$/.test(name)) await rm(join(dir, name));
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
