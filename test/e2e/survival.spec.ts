import { expect } from '@playwright/test';
import type { DeskApp } from '../builders/desk-app.ts';
import { numberIn, test } from './fixtures.ts';
import { focusRow, urgeFocused } from './hands.ts';

/** Ends a worker process of the app as a crash would. */
async function killWorker(desk: DeskApp, name: string): Promise<void> {
  const pid = await desk.app.evaluate(
    ({ app }, wanted) =>
      app.getAppMetrics().find((metric) => metric.serviceName === wanted || metric.name === wanted)?.pid,
    name,
  );
  if (pid === undefined) throw new Error(`no process is called ${name}`);
  process.kill(pid, 'SIGKILL');
}

for (const worker of ['xianyou-reader', 'xianyou-writer']) {
  test(`when ${worker} dies the desk goes on by itself: lists answer, and an urging reaches the server once`, async ({
    desk,
    county,
  }) => {
    const { page } = desk;
    await expect(page.getByTestId('queue-row').first()).toBeVisible();
    const total = numberIn(await page.getByTestId('queue-total').textContent());
    await killWorker(desk, worker);
    await page.getByTestId('period-month').click();
    await expect.poll(async () => numberIn(await page.getByTestId('queue-total').textContent())).not.toBe(total);
    await page.getByTestId('period-statYear').click();
    await expect.poll(async () => numberIn(await page.getByTestId('queue-total').textContent())).toBe(total);
    await expect(page.locator('[data-testid=sync-dot][data-state=live]')).toBeVisible({ timeout: 30_000 });
    const caseId = await focusRow(page, 0);
    await urgeFocused(page);
    await expect
      .poll(async () => (await county.rows('SELECT id FROM command_result WHERE case_id = $1', [caseId])).length, {
        timeout: 30_000,
      })
      .toBe(1);
  });
}
