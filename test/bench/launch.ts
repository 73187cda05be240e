import { cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Scope } from '../../scripts/local/scope.ts';
import { projectRoot } from '../../scripts/runtime/places.ts';

/** An Electron app under measuring: what is launched, what is clicked, and what on the screen shows that the click was handled. */
export interface Subject {
  /** Folder of the app. */
  folder: string;
  env: Record<string, string>;
  click: string;
  handled: string;
}

export interface Launched {
  /** From the spawn to the handled click, ms. */
  ms: number;
  app: ElectronApplication;
  page: Page;
}

export const emptyWindow = (env: Record<string, string>): Subject => ({
  folder: join(projectRoot, 'test', 'bench', 'empty-window'),
  env,
  click: '#press',
  handled: '#handled',
});

/** The app itself: the first row of the queue is clicked and its case, read from the replica, stands in the panel. */
export const desk = (folder: string, env: Record<string, string>): Subject => ({
  folder,
  env,
  click: '[data-testid=queue-row][data-case-id]',
  handled: '[data-testid=case-panel][data-case-id]',
});

/** Launches and clicks as soon as there is something to click. `scope` kills what is still open at its end. Throws after `withinMs`. */
export async function launch(
  electronPath: string,
  subject: Subject,
  scope: Scope,
  withinMs = 60_000,
): Promise<Launched> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const spawnedAt = performance.now();
  const app = await _electron.launch({
    executablePath: electronPath,
    args: [...root, subject.folder],
    cwd: subject.folder,
    env: subject.env,
  });
  const child = app.process();
  scope.defer(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  });
  const page = await app.firstWindow();
  page.setDefaultTimeout(withinMs);
  await page.locator(subject.click).first().click();
  await page.locator(subject.handled).first().waitFor();
  return { ms: performance.now() - spawnedAt, app, page };
}

/** A copy of the built app: what is measured stays the same when somebody builds meanwhile. */
export async function copyOfApp(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const part of ['out', 'package.json', 'resources'])
    await cp(join(projectRoot, part), join(folder, part), { recursive: true });
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
