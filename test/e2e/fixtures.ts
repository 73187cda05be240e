import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { County } from '../builders/county.ts';
import { DeskApp, type DeskOptions } from '../builders/desk-app.ts';

interface Fixtures {
  /** A central server with the seed set, at the anchor instant, of this test's own. */
  county: County;
  /** Launches workstations of that county; what is still open at the end is closed. */
  launchDesk(options?: Partial<DeskOptions>): Promise<DeskApp>;
  /** One workstation, signed in and in step; its first download was done before. */
  desk: DeskApp;
}

let opened = 0;

export const test = base.extend<Fixtures>({
  // The runner reads the pattern to learn what a fixture needs: nothing.
  county: async ({}, use, info) => {
    opened += 1;
    const county = await County.open(`e2e_${info.workerIndex}_${opened}`);
    await use(county);
    await county.close();
  },
  launchDesk: async ({ county }, use) => {
    const desks: DeskApp[] = [];
    await use(async (options = {}) => {
      const desk = await DeskApp.launch({ centralUrl: county.url, ...options });
      desks.push(desk);
      return desk;
    });
    for (const desk of desks) await desk.close().catch(() => undefined);
  },
  desk: async ({ launchDesk }, use) => {
    const desk = await launchDesk({ userData: folderInStep() });
    await inStep(desk);
    await use(desk);
  },
});

/** Waits until the strip says that the replica is in step and nothing waits. */
export async function inStep(desk: DeskApp): Promise<void> {
  await desk.page.locator('[data-testid=sync-dot][data-state=live]').waitFor({ timeout: 60_000 });
}

/** A number as the screen prints it: thousands separated, perhaps with words around. */
export function numberIn(text: string | null): number {
  const digits = (text ?? '').replaceAll(/[^0-9]/g, '');
  if (digits === '') throw new Error(`no number in "${text}"`);
  return Number(digits);
}

/** A workstation's folder whose replica already holds the seeded county. */
export function folderInStep(): string {
  const replica = process.env.XIANYOU_TEST_REPLICA;
  if (!replica) throw new Error('XIANYOU_TEST_REPLICA is not set: the global setup makes it');
  const folder = mkdtempSync(join(tmpdir(), 'xianyou-desk-'));
  copyFileSync(replica, join(folder, 'replica.sqlite'));
  return folder;
}
