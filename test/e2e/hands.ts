import { expect, type Page } from '@playwright/test';

/** Puts the keyboard's cursor on the n-th row of the queue (0 is the first) and answers with its case. */
export async function focusRow(page: Page, index: number): Promise<string> {
  const row = page.getByTestId('queue-row').nth(index);
  await row.click();
  await page.keyboard.press('Escape');
  await expect(row).toHaveAttribute('data-focused', 'true');
  return (await row.getAttribute('data-case-id')) ?? '';
}

/** One urging of the focused case with the keyboard alone. */
export async function urgeFocused(page: Page): Promise<void> {
  await page.keyboard.press('u');
  await expect(page.getByTestId('urge-dialog')).toBeVisible();
  await expect(page.getByTestId('urge-confirm')).toBeEnabled();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('urge-dialog')).toBeHidden();
}

/** One call to the first responsible of the focused case, with its outcome. */
export async function callFocused(page: Page, outcome: 'answered' | 'noAnswer'): Promise<void> {
  await page.keyboard.press('d');
  await expect(page.getByTestId('call-dialog')).toBeVisible();
  await page.getByTestId(`call-outcome-${outcome}`).click();
  await page.getByTestId('call-save').click();
  await expect(page.getByTestId('call-dialog')).toBeHidden();
}
