import { expect } from '@playwright/test';
import { folderInStep, inStep, numberIn, test } from './fixtures.ts';
import { callFocused, focusRow, urgeFocused } from './hands.ts';

test('with the server down from the first second the desk works, and 20 queued actions survive kill -9 and arrive once, in order', async ({
  county,
  launchDesk,
}) => {
  test.setTimeout(240_000);
  const userData = folderInStep();
  const first = await launchDesk({ userData, workstation: 'desk-a' });
  await inStep(first);
  await first.close();
  await county.stop();

  const offline = await launchDesk({ userData, workstation: 'desk-a' });
  const { page } = offline;
  await expect(page.locator('[data-testid=sync-dot][data-state=offline]')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByTestId('queue-row').first()).toBeVisible();
  expect(numberIn(await page.getByTestId('queue-total').textContent())).toBeGreaterThan(100);

  const acted: { caseId: string; name: string }[] = [];
  for (let row = 0; row < 10; row += 1) {
    const caseId = await focusRow(page, row);
    await urgeFocused(page);
    acted.push({ caseId, name: 'urgeResponsibles' });
    if (row < 5) {
      await callFocused(page, 'answered');
      acted.push({ caseId, name: 'startCall' }, { caseId, name: 'finishCall' });
    }
  }
  expect(acted).toHaveLength(20);
  await expect.poll(async () => numberIn(await page.getByTestId('sync-pending').textContent())).toBe(20);
  await offline.kill();

  const again = await launchDesk({ userData, workstation: 'desk-a' });
  await expect.poll(async () => numberIn(await again.page.getByTestId('sync-pending').textContent())).toBe(20);
  await county.start();
  await inStep(again);
  await expect
    .poll(async () => numberIn(await again.page.getByTestId('sync-pending').textContent()), { timeout: 60_000 })
    .toBe(0);

  const results = await county.rows<{ case_id: string; name: string; status: string }>(
    'SELECT case_id, name, status FROM command_result ORDER BY id',
  );
  expect(results.every((result) => result.status === 'accepted')).toBe(true);
  for (const caseId of new Set(acted.map((act) => act.caseId))) {
    const done = acted.filter((act) => act.caseId === caseId).map((act) => act.name);
    expect(results.filter((result) => result.case_id === caseId).map((result) => result.name)).toEqual(done);
  }
  expect(results).toHaveLength(20);
});
