import { execFileSync } from 'node:child_process';
import { expect } from '@playwright/test';
import type { DeskApp } from '../builders/desk-app.ts';
import { postReport } from '../builders/http-client.ts';
import { folderInStep, inStep, test } from './fixtures.ts';
import { focusRow, urgeFocused } from './hands.ts';

/** Lets the running writer put nothing more into any file, or all it wants. */
async function roomForWriter(desk: DeskApp, room: 'none' | 'enough'): Promise<void> {
  const pid = await desk.app.evaluate(
    ({ app }) =>
      app.getAppMetrics().find((metric) => metric.serviceName === 'xianyou-writer' || metric.name === 'xianyou-writer')
        ?.pid,
  );
  if (pid === undefined) throw new Error('the app has no writer');
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${room === 'none' ? '0' : 'unlimited'}:`]);
}

test('without room on the disk a command is refused with what to do, its text stays, and all goes on once there is room', async ({
  launchDesk,
  county,
}) => {
  // The writer's own log of requests is no part of the app that is tested here, and would fail first.
  const desk = await launchDesk({ userData: folderInStep(), env: { XIANYOU_REQUEST_LOG: '' } });
  const { page } = desk;
  await inStep(desk);
  const sent = async (id: string) =>
    (await county.rows('SELECT id FROM command_result WHERE case_id = $1', [id])).length;
  const caseId = await focusRow(page, 0);
  await page.keyboard.press('u');
  await expect(page.getByTestId('urge-confirm')).toBeEnabled();
  await page.getByTestId('urge-note').fill('请今晚到场');

  await roomForWriter(desk, 'none');
  await page.keyboard.press('Control+Enter');
  const alert = page.getByTestId('urge-dialog').getByRole('alert');
  await expect(alert).toContainText('磁盘空间不足');
  await expect(alert).toContainText('清理磁盘');
  await expect(page.getByTestId('urge-note')).toHaveValue('请今晚到场');

  await roomForWriter(desk, 'enough');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('urge-dialog')).toBeHidden();
  await expect.poll(() => sent(caseId), { timeout: 30_000 }).toBe(1);

  // Again while the desk only listens: it says that the disk holds it up, and is in step again when there is room.
  await roomForWriter(desk, 'none');
  const report = { title: '路口堆放杂物', address: '枫亭镇', sourceNo: 'while-full' };
  expect(await postReport(county.url, 'police110', report)).toMatchObject({ status: 201 });
  await expect(page.locator('[data-testid=sync-dot][data-state=blocked]')).toBeVisible({ timeout: 30_000 });
  // SQLite tells a writer's limit as an error of the disk, the side file as no room: which of them is written first depends on what the page brings.
  await expect(page.getByTestId('sync-dot')).toHaveAttribute('title', /^磁盘(读写出错|空间不足)$/);
  await roomForWriter(desk, 'enough');
  await page.getByRole('button', { name: '立即重试' }).click();
  await inStep(desk);
  const other = await focusRow(page, 1);
  await urgeFocused(page);
  await expect.poll(() => sent(other), { timeout: 30_000 }).toBe(1);
});
