import { expect, type Page } from '@playwright/test';
import { inStep, numberIn, test } from './fixtures.ts';

const pendingOf = async (page: Page): Promise<number> => numberIn(await page.getByTestId('sync-pending').textContent());
const shots = process.env.XIANYOU_SHOTS;
const look = async (page: Page, name: string): Promise<void> => {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
};
const sheet = `仙游县１２３４５政务服务便民热线工单
工单编号：PT202308210173
诉 求 人：测试甲    联系电话：161 1234 5678
来电时间：2023-08-21 18:42:10
事发地址：枫亭镇秀峰村老协会旁
诉求类别：路灯故障（民生）
诉求内容：村道路灯连续五天不亮😡，老人夜间行走不便。
承办单位：枫亭镇`;

test('offline, a case is recorded by keyboard, urged and accepted before it has a number, and arrives once with one', async ({
  desk,
  county,
}) => {
  const { page } = desk;
  county.proxy.partition();
  await expect(page.locator('[data-testid=sync-dot][data-state=offline]')).toBeVisible({ timeout: 30_000 });
  const title = '两户因排水沟争吵';
  await page.keyboard.press('i');
  await expect(page.getByTestId('intake-dialog')).toBeVisible();
  // The group of sources has the focus: 3 is 群众自报, and the hand goes on.
  await page.keyboard.press('3');
  await expect(page.getByTestId('intake-sourceNo')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('intake-title')).toBeFocused();
  await page.keyboard.type(title);
  await page.keyboard.press('Enter');
  await page.keyboard.press('1');
  await page.keyboard.type('枫亭镇秀峰村老协会旁');
  await expect(page.getByTestId('intake-plan-village')).toContainText('秀峰村');
  await expect(page.getByTestId('intake-plan-due')).toContainText('2023-08-28');
  // Closed and opened again: nothing is lost.
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('intake-dialog')).toBeHidden();
  await page.keyboard.press('i');
  await expect(page.getByTestId('intake-title')).toHaveValue(title);
  await look(page, 'intake-typed');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('intake-dialog')).toBeHidden();
  await expect(page.getByTestId('case-no')).toHaveText('待编号');
  await look(page, 'intake-provisional');

  await page.keyboard.press('u');
  await expect(page.getByTestId('urge-confirm')).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('urge-dialog')).toBeHidden();
  await page.keyboard.press('s');
  await expect.poll(() => pendingOf(page)).toBe(3);
  county.proxy.heal();
  await inStep(desk);
  await expect(page.getByTestId('case-no')).toHaveText(/^XY-2023-08-\d{4}$/, { timeout: 60_000 });
  await expect.poll(() => pendingOf(page), { timeout: 60_000 }).toBe(0);

  const cases = await county.rows<{ no: string; accepted_at: string | null; urge_count: string }>(
    'SELECT no, accepted_at, urge_count FROM cases WHERE title = $1',
    [title],
  );
  expect(cases).toHaveLength(1);
  expect(cases[0]?.accepted_at).not.toBeNull();
  expect(Number(cases[0]?.urge_count)).toBe(1);
  expect(await page.getByTestId('case-no').textContent()).toBe(cases[0]?.no);
});

test('a pasted 12345 sheet fills the form and marks where from; undone, the case leaves no trace and its words come back', async ({
  desk,
  county,
}) => {
  const { page } = desk;
  const before = await county.rows('SELECT 1 FROM cases');
  await page.getByTestId('queue-intake').click();
  await page.getByTestId('intake-paste').fill(sheet);
  await expect(page.getByTestId('intake-source-hotline12345')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('intake-sourceNo')).toHaveValue('PT202308210173');
  await expect(page.getByTestId('intake-recordedAt')).toHaveValue('2023-08-21 18:42');
  await expect(page.getByTestId('intake-address')).toHaveValue('枫亭镇秀峰村老协会旁');
  await expect(page.getByTestId('intake-name-0')).toHaveValue('测试甲');
  await expect(page.getByTestId('intake-phone-0')).toHaveValue('16112345678');
  await expect(page.getByTestId('intake-detail')).toHaveValue(/村道路灯连续五天不亮😡[\s\S]*承办单位：枫亭镇/);
  await page.locator('mark[data-field-mark=address] button').click();
  await expect(page.getByTestId('intake-address')).toBeFocused();
  await look(page, 'intake-pasted');
  // The page itself starts anew: what was typed is still there.
  await page.reload();
  await page.getByTestId('queue-intake').click();
  await expect(page.getByTestId('intake-sourceNo')).toHaveValue('PT202308210173');

  await page.getByTestId('intake-record').click();
  await expect(page.getByTestId('case-no')).toHaveText('待编号');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('undo-said')).toBeVisible();
  await expect(page.getByTestId('case-no')).toBeHidden();
  expect(await pendingOf(page)).toBe(0);
  await page.keyboard.press('i');
  await expect(page.getByTestId('intake-address')).toHaveValue('枫亭镇秀峰村老协会旁');
  await page.getByTestId('intake-title').fill('');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('intake-title')).toBeFocused();
  await look(page, 'intake-problem');
  expect(await county.rows('SELECT 1 FROM cases')).toHaveLength(before.length);
  expect(await county.rows('SELECT 1 FROM command_result')).toHaveLength(0);
});
