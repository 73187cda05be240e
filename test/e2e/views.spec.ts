import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { virtualScreenArguments } from '../../scripts/xvfb.ts';
import { linkOfCase, linkOfView } from '../../shared/desk-link.ts';
import type { DeskView } from '../../shared/model/desk-view.ts';
import type { DeskApp } from '../builders/desk-app.ts';
import { folderInStep, inStep, numberIn, test } from './fixtures.ts';
import { focusRow } from './hands.ts';

const shared: DeskView = {
  scope: { level: 'county', code: '350322' },
  periodKey: 'all',
  metric: 'openOverdue',
  mapMetric: 'overdueRate',
  sources: ['grid'],
  categories: [],
  campaign: null,
  work: null,
  text: '',
  sort: 'due',
};

/** What the system does with an address of ours: starts the program once more, which hands it over and goes. */
async function openAddress(desk: DeskApp, address: string): Promise<void> {
  const root = resolve(import.meta.dirname, '../..');
  const env = { ...process.env, XIANYOU_USER_DATA: desk.userData };
  const args = [root, '--no-sandbox', ...virtualScreenArguments, address];
  const second = spawn(process.env.ELECTRON_EXEC_PATH ?? '', args, { env, cwd: root, stdio: 'ignore' });
  await once(second, 'exit');
}

const total = async (page: Page): Promise<number> => numberIn(await page.getByTestId('queue-total').textContent());

test('a view is saved, come back to by its key, renamed, deleted and brought back with the keyboard alone, and outlives a restart', async ({
  launchDesk,
}) => {
  const userData = folderInStep();
  const desk = await launchDesk({ userData });
  await inStep(desk);
  const { page } = desk;
  await page.getByTestId('tile-openOverdue').click();
  await page.keyboard.press('q');
  await expect(page.getByTestId('view-name')).toBeFocused();
  await page.keyboard.insertText('夜班 逾期');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('view-row')).toContainText('夜班 逾期');
  await page.keyboard.press('Escape');
  await page.getByTestId('tile-open').click();
  await page.keyboard.press('Control+Shift+1');
  await expect(page.getByTestId('tile-openOverdue')).toHaveAttribute('aria-pressed', 'true');

  await page.keyboard.press('q');
  const row = page.getByTestId('view-row').getByRole('button').first();
  await expect(row).toBeFocused();
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('白班');
  await page.keyboard.press('Enter');
  await expect(row).toContainText('白班');
  await row.focus();
  await page.keyboard.press('Delete');
  await expect(page.getByTestId('view-row')).toHaveCount(0);
  await page.getByTestId('view-take-back').press('Enter');
  await expect(page.getByTestId('view-row')).toContainText('白班');
  await expect
    .poll(() =>
      page.evaluate(() =>
        (
          window as never as {
            xianyou: {
              call(name: string, args: object): Promise<{ value: { preferences: { views: { name: string }[] } } }>;
            };
          }
        ).xianyou
          .call('launchInfo', {})
          .then((info) => info.value.preferences.views.map(({ name }) => name)),
      ),
    )
    .toEqual(['白班']);
  await desk.close();

  const again = await launchDesk({ userData });
  await again.page.getByTestId('queue-row').first().waitFor();
  await again.page.keyboard.press('Control+Shift+1');
  await expect(again.page.getByTestId('tile-openOverdue')).toHaveAttribute('aria-pressed', 'true');
});

test('an address opens its view or its case, and one that cannot be opened is said and changes nothing', async ({
  desk,
  county,
}) => {
  const { page } = desk;
  const notice = page.getByTestId('notice');
  await openAddress(desk, linkOfView(shared, '网格逾期'));
  await expect(notice).toContainText('网格逾期');
  await expect(page.getByTestId('tile-openOverdue')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByTestId('chip-source')).toHaveCount(1);

  const elsewhere = {
    ...shared,
    scope: { level: 'town' as const, code: '110101001' },
    campaign: 'nowhere',
    sources: [],
  };
  await openAddress(desk, linkOfView(elsewhere, null));
  await expect(notice).toContainText('110101001');
  await expect(notice).toContainText('nowhere');
  await expect(page.getByTestId('chip-source')).toHaveCount(0);

  const before = await total(page);
  for (const [address, words] of [
    ['xianyou://view/%00%ff', '损坏'],
    ['xianyou://shell/open?x=1', '损坏'],
    [`xianyou://view/${'A'.repeat(9000)}`, '过长'],
    ['xianyou://case/NO-SUCH-CASE', 'NO-SUCH-CASE'],
  ] as const) {
    await openAddress(desk, address);
    await expect(notice).toContainText(words);
  }
  expect(await total(page)).toBe(before);

  const [known] = await county.rows<{ id: string; no: string }>(
    'SELECT id, no FROM cases WHERE merged_into_id IS NULL AND voided_at IS NULL ORDER BY id LIMIT 1',
  );
  await openAddress(desk, linkOfCase(known?.no ?? ''));
  await expect(page.getByTestId('case-panel')).toContainText(known?.no ?? '—');
});

test('an address given at the first start is opened', async ({ launchDesk }) => {
  const desk = await launchDesk({ userData: folderInStep(), args: [linkOfView(shared, '网格逾期')] });
  await expect(desk.page.getByTestId('tile-openOverdue')).toHaveAttribute('aria-pressed', 'true');
  await expect(desk.page.getByTestId('chip-source')).toHaveCount(1);
});

test('a bar of the source chart lists as many cases as it says, and its chip is taken away by key', async ({
  desk,
}) => {
  const { page } = desk;
  await expect(page.getByTestId('queue-row').first()).toBeVisible();
  await page.getByTestId('filter-source').press('Enter');
  const bar = page.getByTestId('facet-hotline12345');
  await expect(bar).toHaveAttribute('data-count', /\d/);
  const count = Number(await bar.getAttribute('data-count'));
  await bar.press('Enter');
  await expect.poll(() => total(page)).toBe(count);
  await expect(page.getByTestId('tile-value-open')).toHaveText(new RegExp(`^${count.toLocaleString('en')}$`));
  await page.keyboard.press('Escape');
  await page.getByTestId('chip-source').getByRole('button').press('Delete');
  await expect(page.getByTestId('chip-source')).toHaveCount(0);
  await expect.poll(() => total(page)).toBeGreaterThan(count);
});

test('a changed key works, stands on its button and in the sheet, and a taken one is refused by name', async ({
  desk,
}) => {
  const { page } = desk;
  await page.getByTestId('nav-settings').click();
  const urge = page.getByTestId('key-of-u');
  const key = urge.getByRole('button').first();
  await key.press('Enter');
  await page.keyboard.press('d');
  await expect(urge.getByRole('alert')).toContainText('拨号');
  await page.keyboard.press(';');
  await expect(key).toHaveText(';');
  await page.getByTestId('nav-desk').click();
  await focusRow(page, 0);
  await page.keyboard.press('u');
  await expect(page.getByTestId('urge-dialog')).toBeHidden();
  await page.keyboard.press(';');
  await expect(page.getByTestId('urge-dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByTestId('key-sheet').locator('div', { hasText: '催办' }).locator('kbd').first()).toHaveText(
    ';',
  );
});

test('the bar gives a command to the chosen cases by its initials and drills by pinyin; Esc leaves all as it was', async ({
  desk,
}) => {
  const { page } = desk;
  const option = (id: string) => page.locator(`[data-testid=bar-option][data-id="${id}"]`);
  await focusRow(page, 0);
  const before = await total(page);
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(page.getByTestId('queue-chosen')).toContainText('2');
  await page.keyboard.press('/');
  await page.keyboard.type('cb');
  await expect(option('key-u')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('search-input')).toHaveValue('');
  await expect(page.getByTestId('queue-chosen')).toContainText('2');

  await page.keyboard.press('/');
  await page.keyboard.type('cb');
  await expect(option('key-u')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(option('key-u')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('urge-dialog')).toBeVisible();
  await expect(page.getByTestId('urge-dialog')).toContainText('2');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('search-input')).toHaveValue('');

  await page.keyboard.press('/');
  await page.keyboard.insertText('＞');
  await expect(option('step-closeCase')).toBeVisible();
  await expect(option('search')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('fengtingzhen');
  await expect(page.getByTestId('bar-option').nth(1)).toContainText('枫亭镇');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('breadcrumb')).toContainText('枫亭镇');
  await expect(page.getByTestId('search-input')).toHaveValue('');
  await expect.poll(() => total(page)).toBeLessThan(before);
});
