import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { focusRow } from './hands.ts';

for (const theme of ['dark', 'light'] as const) {
  test(`axe finds no serious violation on the desk in the ${theme} theme`, async ({ desk }) => {
    const { page } = desk;
    await page.getByTestId('nav-settings').click();
    await page.getByTestId('setting-theme').locator(`input[value=${theme}] + label`).click();
    await page.getByTestId('nav-desk').click();
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
    await focusRow(page, 0);
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('case-panel')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(
      serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
    ).toEqual([]);
  });
}

test('a whole urge-and-call round is done with the keyboard alone', async ({ desk, county }) => {
  const { page } = desk;
  await expect(page.getByTestId('queue-row').first()).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const caseId = (await page.locator('[data-testid=queue-row][data-focused=true]').getAttribute('data-case-id')) ?? '';
  await page.keyboard.press('u');
  await expect(page.getByTestId('urge-confirm')).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('urge-dialog')).toBeHidden();
  await page.keyboard.press('d');
  await expect(page.getByTestId('call-dialog')).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('call-dialog')).toBeHidden();
  await expect
    .poll(
      async () =>
        (await county.rows('SELECT name FROM command_result WHERE case_id = $1 ORDER BY id', [caseId])).map(
          (row) => row.name,
        ),
      {
        timeout: 30_000,
      },
    )
    .toEqual(['urgeResponsibles', 'startCall', 'finishCall']);
});

test('single keys do not fire while an input method composes or a field has the focus', async ({ desk }) => {
  const { page } = desk;
  await focusRow(page, 0);
  await page.evaluate(() => {
    const init = { key: 'u', code: 'KeyU', bubbles: true, cancelable: true } as const;
    document.body.dispatchEvent(new KeyboardEvent('keydown', { ...init, isComposing: true }));
    document.body.dispatchEvent(
      new KeyboardEvent('keydown', { ...init, key: 'Process', keyCode: 229 } as KeyboardEventInit),
    );
  });
  await expect(page.getByTestId('urge-dialog')).toBeHidden();
  await page.keyboard.press('/');
  await expect(page.getByTestId('search-input')).toBeFocused();
  await page.keyboard.type('du');
  await expect(page.getByTestId('search-input')).toHaveValue('du');
  await expect(page.getByTestId('urge-dialog')).toBeHidden();
  await expect(page.getByTestId('call-dialog')).toBeHidden();
});

test('no request leaves the machine except to the configured central server', async ({ desk, county }) => {
  await focusRow(desk.page, 0);
  await desk.page.keyboard.press('Enter');
  await expect(desk.page.getByTestId('case-panel')).toBeVisible();
  const requests = desk.requests();
  expect(requests.filter((request) => request.url.startsWith(`${county.url}/`)).length).toBeGreaterThan(3);
  const elsewhere = requests.filter(({ url }) => !url.startsWith('app://') && !url.startsWith(`${county.url}/`));
  expect(elsewhere.filter(({ url }) => !/^(data|blob):/.test(url))).toEqual([]);
  expect(requests.filter((request) => !request.allowed)).toEqual([]);
});
