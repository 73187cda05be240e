import { expect, type Page } from '@playwright/test';
import type { County } from '../builders/county.ts';
import { folderInStep, inStep, test } from './fixtures.ts';

/** A case that its village has yet to accept, with time left. */
async function freshCase(county: County): Promise<{ id: string; no: string; due_at: string }> {
  const [found] = await county.rows<{ id: string; no: string; due_at: string }>(
    `SELECT id, no, due_at FROM cases WHERE village_code IS NOT NULL AND accepted_at IS NULL AND on_scene_at IS NULL AND closed_at IS NULL
     AND resolved_at IS NULL AND voided_at IS NULL AND merged_into_id IS NULL AND due_at > (SELECT max(recorded_at) FROM cases) ORDER BY id LIMIT 1`,
  );
  if (!found) throw new Error('the seed set has no fresh case');
  return found;
}

/** Opens a case by its number, hands on the keys only. */
async function openByNumber(page: Page, { id, no }: { id: string; no: string }): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(no);
  await expect(page.getByTestId('queue-row')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.locator(`[data-testid=case-panel][data-case-id="${id}"]`)).toBeVisible();
}

const line = (page: Page, kind: string) => page.locator(`[data-testid=timeline-line][data-kind=${kind}]`);
const dialog = (page: Page) => page.getByTestId('step-dialog');

/** Gives the step of a key whose dialog is confirmed as it is filled in. */
async function give(page: Page, key: string, fill: () => Promise<void>): Promise<void> {
  await page.keyboard.press(key);
  await expect(dialog(page)).toBeVisible();
  await fill();
  await expect(dialog(page)).toBeHidden();
}

test('a case goes its whole way by keys alone: accepted, on scene, acted on, resolved, closed, called back, reopened and closed', async ({
  county,
  desk: { page },
}) => {
  const one = await freshCase(county);
  await openByNumber(page, one);
  await page.keyboard.press('s');
  await expect(line(page, 'accepted')).toHaveCount(1);
  await page.keyboard.press('s');
  await expect(line(page, 'onScene')).toHaveCount(1);
  await page.keyboard.press('s');
  await expect(page.getByTestId('notice')).toContainText('已登记到场');

  // What is pasted is never cut, what is too long is said, and nothing in it is taken for markup.
  const hostile = '<b onclick="x()">已上门</b> 👩‍👩‍👧 ‮abc =HYPERLINK("http://x")';
  await give(page, 'e', async () => {
    await page.keyboard.press('Control+Enter');
    await expect(dialog(page).getByRole('alert')).toContainText('未填写处置情况');
    await page.keyboard.insertText('长'.repeat(10_000));
    await expect(dialog(page)).toContainText('最多 2,000 字');
    await page.keyboard.press('Control+Enter');
    expect((await page.getByTestId('step-text').inputValue()).length).toBe(10_000);
    await page.keyboard.press('Escape');
  });
  await give(page, 'e', async () => {
    expect((await page.getByTestId('step-text').inputValue()).length).toBe(10_000);
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(hostile);
    await page.keyboard.press('Control+Enter');
  });
  await expect(line(page, 'acted')).toContainText(hostile);
  await expect(line(page, 'acted').locator('b')).toHaveCount(0);

  await give(page, 'f', async () => {
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
  });
  await give(page, 'b', () => page.keyboard.press('Enter'));
  await give(page, 'h', async () => {
    await page.keyboard.press('3');
    await expect(page.getByTestId('step-reopens')).toContainText('重新办理');
    await page.keyboard.press('Enter');
  });
  await expect(line(page, 'reopened')).toHaveCount(1);
  await give(page, 'b', () => page.keyboard.press('Enter'));
  await expect(line(page, 'closed')).toHaveCount(2);

  const kinds = async () =>
    (
      await county.rows<{ kind: string }>(
        `SELECT kind FROM case_event WHERE case_id = $1 AND kind NOT IN ('recorded', 'dispatched') ORDER BY at, id`,
        [one.id],
      )
    ).map(({ kind }) => kind);
  await expect
    .poll(kinds, { timeout: 40_000 })
    .toEqual(['accepted', 'onScene', 'acted', 'resolved', 'closed', 'calledBack', 'reopened', 'closed']);
  const [row] = await county.rows(
    `SELECT closed_at IS NOT NULL AS closed, resolved_at IS NULL AS unresolved, callback_result FROM cases WHERE id = $1`,
    [one.id],
  );
  expect(row).toEqual({ closed: true, unresolved: true, callback_result: 'dissatisfied' });
});

test('an extension asked at one desk is approved at another, by keys alone, and the original due stays in sight', async ({
  county,
  desk: { page },
  launchDesk,
}) => {
  const one = await freshCase(county);
  await openByNumber(page, one);
  await give(page, 'y', async () => {
    await page.keyboard.press('2');
    await page.keyboard.type('等待鉴定结论');
    await page.keyboard.press('Control+Enter');
  });
  await expect(page.getByTestId('extension-asked')).toBeVisible();
  await page.keyboard.press('y');
  await expect(page.getByTestId('notice')).toContainText('已有延期申请待审批');

  const leader = { username: 'leader', password: 'xianyou-demo' };
  const second = await launchDesk({ userData: folderInStep(), workstation: 'leader-desk', demo: leader });
  await inStep(second);
  await openByNumber(second.page, one);
  await expect(second.page.getByTestId('extension-asked')).toBeVisible({ timeout: 30_000 });
  await give(second.page, 'y', async () => {
    await expect(dialog(second.page)).toContainText('等待鉴定结论');
    await second.page.keyboard.press('1');
    await second.page.keyboard.press('Enter');
  });
  const asked = Number(one.due_at) + 5 * 86_400_000;
  await expect(page.locator('[data-testid=extension][data-state=approved]')).toBeVisible({ timeout: 40_000 });
  await expect(page.getByTestId('question-deadline')).toContainText('原');
  const [row] = await county.rows(`SELECT due_at, original_due_at FROM cases WHERE id = $1`, [one.id]);
  expect(row).toEqual({ due_at: String(asked), original_due_at: one.due_at });
});

test('thirty cases take a step together but for two, which are named; all can be taken back at once', async ({
  county,
  desk: { page },
}) => {
  const closed = async (ids: readonly string[]) =>
    (await county.rows(`SELECT id FROM cases WHERE id = ANY($1) AND closed_at IS NOT NULL`, [ids])).length;
  const ids: string[] = [];
  const focused = page.locator('[data-testid=queue-row][data-focused]');
  const step = async (key: 'j' | 'k', from: string) => {
    await page.keyboard.press(key);
    await expect(focused).not.toHaveAttribute('data-case-id', from);
  };
  await page.keyboard.press('j');
  for (let n = 0; n < 2; n += 1) {
    await give(page, 'b', () => page.keyboard.press('Enter'));
    await step(n === 0 ? 'j' : 'k', (await focused.getAttribute('data-case-id')) ?? '');
  }
  for (let n = 0; n < 30; n += 1) {
    const id = (await focused.getAttribute('data-case-id')) ?? '';
    ids.push(id);
    await page.keyboard.press('x');
    if (n < 29) await step('j', id);
  }
  await expect(page.getByTestId('queue-chosen')).toContainText('已选 30');
  const closeAll = async () => {
    await page.keyboard.press('b');
    await expect(dialog(page)).toBeVisible();
    await page.keyboard.press('Enter');
  };
  await closeAll();
  const refused = page.getByTestId('step-refused');
  await expect(refused.locator('li')).toHaveCount(2);
  for (const id of ids.slice(0, 2)) await expect(refused.locator(`[data-case-id="${id}"]`)).toContainText('已办结');
  await expect(refused).toContainText('已办理 28 件');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('undo-said')).toContainText('28 件');
  await page.keyboard.press('Escape');

  // What was taken back was not sent, and can be given again; only then the server has it.
  await expect.poll(() => closed(ids), { timeout: 30_000 }).toBe(2);
  for (const id of ids.slice(1).reverse()) await step('k', id);
  await page.keyboard.press('Shift+X');
  await expect(page.getByTestId('queue-chosen')).toContainText('已选 30');
  await closeAll();
  await expect(refused.locator('li')).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeHidden();
  expect(await closed(ids)).toBe(2);
  await expect.poll(() => closed(ids), { timeout: 40_000 }).toBe(30);
});
