import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { startEmbeddedPostgres } from '../../central/embedded/postgres.ts';
import { demoAccount, startCentral } from '../local/central.ts';
import { startChild } from '../local/child.ts';
import type { Scope } from '../local/scope.ts';
import { type Say, withProgress } from '../runtime/progress.ts';
import { ensureDisplay } from '../xvfb.ts';

const startWithinMs = 60_000;

/**
 * Starts the packaged app against a small county of its own and waits until it has signed in and has its data; resolves
 * with the number of open cases on the screen. Throws an Error with the app's last words when it does not come to that.
 */
export async function smoke(executable: string, scope: Scope, say: Say): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'xianyou-package-'));
  scope.defer(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres(join(folder, 'postgres'));
  scope.defer(() => postgres.close());
  const seed = ['--seed-if-empty', '--anchor', 'today', '--cases', '500'];
  const logFile = join(folder, 'central.log');
  const url = await startCentral({ databaseUrl: postgres.databaseUrl, args: seed, logFile }, scope, say);
  const display = await ensureDisplay();
  scope.defer(() => display.stop());
  return withProgress(say, 'Trying the packaged app', async () => {
    const { address, ended, lastWords } = launch(executable, scope, {
      ...process.env,
      DISPLAY: display.display,
      XIANYOU_USER_DATA: join(folder, 'app'),
      XIANYOU_CENTRAL_URL: url,
      XIANYOU_DEMO_USER: demoAccount.user,
      XIANYOU_DEMO_PASSWORD: demoAccount.password,
    });
    const early = ended.then((how) => {
      throw new Error(`The packaged app ended (${how}): ${lastWords()}`);
    });
    return Promise.race([readOpenCases(address), early]);
  });
}

/** The fuses leave no way into the app's Node; the page can be looked at as in any Chromium. */
async function readOpenCases(address: Promise<string>): Promise<number> {
  const browser = await chromium.connectOverCDP(await address, { timeout: startWithinMs });
  try {
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('The packaged app has no window');
    await page.locator('[data-testid=sync-dot][data-state=live]').waitFor({ timeout: startWithinMs });
    const value = page.getByTestId('tile-value-open').filter({ hasText: /\d/ });
    return Number((await value.textContent({ timeout: startWithinMs }))?.replaceAll(/\D/g, ''));
  } finally {
    await browser.close();
  }
}

function launch(executable: string, scope: Scope, env: NodeJS.ProcessEnv) {
  const words: string[] = [];
  let found: (address: string) => void;
  const address = new Promise<string>((resolve) => {
    found = resolve;
  });
  const args = ['--remote-debugging-port=0', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const child = startChild(executable, args, {
    env,
    onStderr: (line) => {
      words.push(line);
      if (words.length > 10) words.shift();
      const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (address) found(address);
    },
  });
  scope.defer(() => child.stop('SIGTERM'));
  return { address, ended: child.ended, lastWords: () => words.join('\n') };
}
