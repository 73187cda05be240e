import { expect } from '@playwright/test';
import { folderInStep, inStep, numberIn, test } from './fixtures.ts';
import { focusRow, urgeFocused } from './hands.ts';

test('an answer lost after the server’s commit makes no second urging', async ({ desk, county }) => {
  const { page } = desk;
  const caseId = await focusRow(page, 0);
  const lost = county.proxy.next('/sync/commands', 'loseAnswer');
  await urgeFocused(page);
  await lost;
  await expect
    .poll(async () => numberIn(await page.getByTestId('sync-pending').textContent()), { timeout: 60_000 })
    .toBe(0);
  const events = await county.rows(
    `SELECT id FROM case_event WHERE case_id = $1 AND kind = 'urged' AND id LIKE '%:0'
    AND at >= (SELECT max(at) FROM case_event WHERE case_id = $1) - 1`,
    [caseId],
  );
  expect(events).toHaveLength(1);
  const commands = await county.rows('SELECT id FROM command_result WHERE case_id = $1', [caseId]);
  expect(commands).toHaveLength(1);
});

test('a rejected command is shown with its reason, and nothing else stops', async ({ desk, county }) => {
  const { page } = desk;
  const caseId = await focusRow(page, 0);
  county.proxy.partition();
  await expect(page.locator('[data-testid=sync-dot][data-state=offline]')).toBeVisible({ timeout: 30_000 });
  await urgeFocused(page);
  const other = await focusRow(page, 1);
  await urgeFocused(page);
  // Meanwhile somebody closes the first case: a server that acts for another desk.
  await county.rows(`UPDATE cases SET closed_at = dispatched_at, rev = rev WHERE id = $1`, [caseId]);
  county.proxy.heal();
  await expect
    .poll(async () => numberIn(await page.getByTestId('sync-pending').textContent()), { timeout: 60_000 })
    .toBe(0);
  await page.getByTestId('rejected-button').click();
  const item = page.getByTestId('rejected-item');
  await expect(item).toHaveCount(1);
  await expect(item).toContainText('办结');
  const accepted = await county.rows(`SELECT id FROM command_result WHERE case_id = $1 AND status = 'accepted'`, [
    other,
  ]);
  expect(accepted).toHaveLength(1);
});

test('a first download that is cut in its middle goes on, and nothing is missing', async ({ launchDesk, county }) => {
  const cut = county.proxy.next('/sync/snapshot', 'cutAnswer');
  const desk = await launchDesk();
  await cut;
  await inStep(desk);
  await desk.page.getByTestId('period-all').click();
  const [held] = await county.rows<{ n: number }>(
    'SELECT count(*)::int AS n FROM cases WHERE closed_at IS NULL AND voided_at IS NULL AND merged_into_id IS NULL',
  );
  await expect.poll(async () => numberIn(await desk.page.getByTestId('tile-value-open').textContent())).toBe(held?.n);
});

test('two workstations see each other’s urging within two seconds', async ({ desk, launchDesk }) => {
  const other = await launchDesk({ workstation: 'desk-b', userData: folderInStep() });
  await inStep(other);
  const caseId = await focusRow(desk.page, 2);
  const row = other.page.locator(`[data-testid=queue-row][data-case-id="${caseId}"]`);
  await row.click();
  const urgings = other.page.getByTestId('case-panel').locator('[data-testid=timeline-line][data-kind=urged]');
  await expect(other.page.getByTestId('case-panel')).toBeVisible();
  const before = await urgings.count();
  await urgeFocused(desk.page);
  await expect(urgings).toHaveCount(before + 1, { timeout: 2_000 });
});
