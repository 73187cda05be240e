import { join } from 'node:path';
import { expect } from '@playwright/test';
import { openWrite } from '../../electron/db/connection.ts';
import { writeFact } from '../../electron/db/meta.ts';
import { anchor } from '../builders/county.ts';
import { folderInStep, inStep, test } from './fixtures.ts';

test('the strip says on demand when the data were last compared with the server and how many rows that put right', async ({
  launchDesk,
}) => {
  const userData = folderInStep();
  const db = openWrite(join(userData, 'replica.sqlite'));
  writeFact(db, 'verifiedAt', anchor - 7 * 60_000);
  writeFact(db, 'repairedRows', 1203);
  db.close();
  const desk = await launchDesk({ userData });
  await inStep(desk);
  const { page } = desk;
  await page.getByTestId('sync-facts-button').click();
  await expect(page.getByTestId('sync-verified')).toContainText('7 分钟前');
  await expect(page.getByTestId('sync-mended')).toContainText('1,203 条');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('sync-facts')).toBeHidden();
});
