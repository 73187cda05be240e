import { cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Scope } from '../../scripts/local/scope.ts';
import { projectRoot } from '../../scripts/runtime/places.ts';
import { sayOnTerminal as say } from '../../scripts/runtime/progress.ts';

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
  /** Instant of the spawn, epoch ms. */
  startedAt: number;
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

const attempts = 3;

/**
 * Launches and clicks as soon as there is something to click. `scope` kills what is still open at its end. A launch that hangs is tried again and
 * told: on a busy machine Chromium now and then loses its GPU process while it starts. Throws when the last attempt took longer than `withinMs`.
 */
export async function launch(
  electronPath: string,
  subject: Subject,
  scope: Scope,
  withinMs = 30_000,
): Promise<Launched> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launchOnce(electronPath, subject, scope, withinMs);
    } catch (error) {
      const words = error instanceof Error ? error.message.split('\n')[0] : String(error);
      say(`a launch of ${subject.folder} did not come to its click (${words})`);
      if (attempt === attempts) throw error;
    }
  }
}

async function launchOnce(electronPath: string, subject: Subject, scope: Scope, withinMs: number): Promise<Launched> {
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const startedAt = Date.now();
  const from = performance.now();
  const app = await _electron.launch({
    executablePath: electronPath,
    args: [...root, subject.folder],
    cwd: subject.folder,
    env: subject.env,
    timeout: withinMs,
  });
  const child = app.process();
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  };
  scope.defer(kill);
  try {
    const page = await app.firstWindow({ timeout: withinMs });
    page.setDefaultTimeout(withinMs);
    await page.locator(subject.click).first().click();
    await page.locator(subject.handled).first().waitFor();
    return { ms: performance.now() - from, startedAt, app, page };
  } catch (error) {
    await kill();
    throw error;
  }
}

/** A copy of the built app: what is measured stays the same when somebody builds meanwhile. */
export async function copyOfApp(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const part of ['out', 'package.json', 'resources'])
    await cp(join(projectRoot, part), join(folder, part), { recursive: true });
  await symlink(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
