import { closeSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { folderInStep, inStep, numberIn, test } from './fixtures.ts';
import { focusRow, urgeFocused } from './hands.ts';

/** Overwrites a stretch in the middle of a file, as a failing disk does. */
function spoil(file: string, from: number, bytes: number): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(bytes, 0x5a), 0, bytes, from);
  closeSync(handle);
}

test('a data file damaged while the app was closed is made anew: it says so, and every waiting command arrives once', async ({
  county,
  launchDesk,
}) => {
  test.setTimeout(240_000);
  const userData = folderInStep();
  const file = join(userData, 'replica.sqlite');
  const first = await launchDesk({ userData });
  await inStep(first);
  county.proxy.partition();
  await expect(first.page.locator('[data-testid=sync-dot][data-state=offline]')).toBeVisible({ timeout: 30_000 });
  const given: string[] = [];
  for (let row = 0; row < 4; row += 1) {
    given.push(await focusRow(first.page, row));
    await urgeFocused(first.page);
  }
  const pending = first.page.getByTestId('sync-pending');
  await expect.poll(async () => numberIn(await pending.textContent())).toBe(4);
  await first.close();
  spoil(file, 0, 8192);

  // The server is still out of reach: the desk says that nothing is lost and what it waits for.
  const again = await launchDesk({ userData });
  const { page } = again;
  const notice = page.getByTestId('healed');
  await expect(notice).toHaveAttribute('data-stage', 'waiting', { timeout: 60_000 });
  await expect(notice).toContainText('待发指令 4 条全部保留');
  await expect.poll(async () => numberIn(await page.getByTestId('sync-pending').textContent())).toBe(4);

  county.proxy.heal();
  await inStep(again);
  await expect(notice).toHaveAttribute('data-stage', 'done');
  await expect(notice).toContainText('本机数据文件损坏，已从中心重建；待发指令 4 条全部保留。');
  await expect(page.getByTestId('queue-row').first()).toBeVisible({ timeout: 60_000 });
  await expect
    .poll(async () => numberIn(await page.getByTestId('sync-pending').textContent()), { timeout: 60_000 })
    .toBe(0);
  const results = await county.rows<{ case_id: string; status: string }>('SELECT case_id, status FROM command_result');
  expect(results.map((result) => result.case_id).sort()).toEqual([...given].sort());
  expect(results.every((result) => result.status === 'accepted')).toBe(true);
  const aside = readdirSync(userData).filter((name) => /^replica-damaged-.*\.sqlite$/.test(name));
  expect(aside).toHaveLength(1);
  await expect(notice).toContainText(aside[0] ?? '');
  await notice.getByRole('button').click();
  await expect(notice).toBeHidden();
});

test('damage met while the app runs is mended without a restart of the app', async ({ desk, county }) => {
  const { page } = desk;
  const file = join(desk.userData, 'replica.sqlite');
  await expect(page.getByTestId('queue-row').first()).toBeVisible();
  expect(readFileSync(`${file}.outbox.log`).length).toBeGreaterThan(0);
  // Everything but the first pages: whatever list is opened next meets it.
  spoil(file, 65_536, statSync(file).size - 65_536);
  await page.getByTestId('period-month').click();
  await expect(page.getByTestId('healed')).toHaveAttribute('data-stage', 'done', { timeout: 60_000 });
  await inStep(desk);
  const caseId = await focusRow(page, 0);
  await urgeFocused(page);
  await expect
    .poll(async () => (await county.rows('SELECT id FROM command_result WHERE case_id = $1', [caseId])).length, {
      timeout: 30_000,
    })
    .toBe(1);
});
