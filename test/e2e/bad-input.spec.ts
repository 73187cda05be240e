import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';
import { openWrite } from '../../electron/db/connection.ts';
import { openReplica } from '../../electron/db/heal/open-replica.ts';
import { folderInStep, inStep, test } from './fixtures.ts';
import { callFocused, focusRow } from './hands.ts';

test('a wrong password is said in words, and the typed name stays', async ({ launchDesk }) => {
  const { page } = await launchDesk({ demo: null });
  await page.getByTestId('sign-in-username').fill('dispatcher');
  await page.getByTestId('sign-in-password').fill('not-the-password');
  await page.getByTestId('sign-in-submit').click();
  await expect(page.locator('[data-testid=sign-in-failure][data-kind=wrongPassword]')).toBeVisible();
  await expect(page.getByTestId('sign-in-username')).toHaveValue('dispatcher');
  await page.getByTestId('sign-in-password').fill('xianyou-demo');
  await page.getByTestId('sign-in-submit').click();
  await expect(page.getByTestId('queue-row').first()).toBeVisible({ timeout: 60_000 });
});

const broken: Record<string, (file: string) => void> = {
  replicaNotSqlite: (file: string) =>
    writeFileSync(file, 'this was never a database, and it is longer than a header of one\n'.repeat(40)),
  replicaTooNew: (file: string) => {
    const db = openWrite(file);
    db.close();
    // Offset 60 of an SQLite file's header is its user_version, big-endian.
    spawnSync('python3', [
      '-c',
      `f=open(${JSON.stringify(file)},'r+b');f.seek(60);f.write((99999).to_bytes(4,'big'));f.close()`,
    ]);
  },
};

for (const [kind, spoil] of Object.entries(broken)) {
  test(`a replica file that cannot be used (${kind}) is named and never overwritten`, async ({ launchDesk }) => {
    const userData = mkdtempSync(join(tmpdir(), 'xianyou-broken-'));
    spoil(join(userData, 'replica.sqlite'));
    const { page } = await launchDesk({ userData });
    await expect(page.locator(`[data-testid=fatal-replica][data-kind=${kind}]`)).toBeVisible({ timeout: 30_000 });
    // A file of a newer version is whole: it waits for the newer app instead of being moved.
    if (kind === 'replicaTooNew') return;
    await page.getByTestId('fatal-set-aside').click();
    await expect(page.getByTestId('queue-row').first()).toBeVisible({ timeout: 60_000 });
  });
}

test('a replica that another program writes is named, and used once that program has ended', async ({ launchDesk }) => {
  const userData = folderInStep();
  const { db } = openReplica(join(userData, 'replica.sqlite'), { now: () => Date.now() });
  const locked = await launchDesk({ userData });
  await expect(locked.page.locator('[data-testid=fatal-replica][data-kind=replicaInUse]')).toBeVisible({
    timeout: 30_000,
  });
  await locked.close();
  db.close();
  await inStep(await launchDesk({ userData }));
});

test('a server of another product is not taken for the central server', async ({ launchDesk }) => {
  const stranger = createServer((_request, response) => response.end('<html>hello</html>'));
  await new Promise<void>((done) => stranger.listen(0, '127.0.0.1', done));
  const { port } = stranger.address() as AddressInfo;
  const { page } = await launchDesk({ centralUrl: `http://127.0.0.1:${port}`, demo: null });
  await page.getByTestId('sign-in-username').fill('dispatcher');
  await page.getByTestId('sign-in-password').fill('xianyou-demo');
  await page.getByTestId('sign-in-submit').click();
  await expect(page.getByTestId('sign-in-failure')).toBeVisible();
  await new Promise((done) => stranger.close(done));
});

test('a second start brings the first window forward and ends', async ({ desk, county }) => {
  const executable = process.env.ELECTRON_EXEC_PATH ?? '';
  const second = spawnSync(executable, [resolve(import.meta.dirname, '../..'), '--no-sandbox'], {
    env: { ...process.env, XIANYOU_USER_DATA: desk.userData, XIANYOU_CENTRAL_URL: county.url },
    timeout: 30_000,
  });
  expect(second.status).toBe(0);
  await expect(desk.page.getByTestId('queue-row').first()).toBeVisible();
});

test('dialling hands the number to the system’s telephone and records the call with its outcome', async ({
  county,
  launchDesk,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'xianyou-telephone-'));
  const dialled = join(folder, 'dialled.txt');
  for (const program of ['xdg-open', 'xdg-mime']) {
    const words = program === 'xdg-open' ? `echo "$1" >> ${dialled}` : 'echo telephone.desktop';
    writeFileSync(join(folder, program), `#!/bin/sh\n${words}\n`);
    chmodSync(join(folder, program), 0o755);
  }
  const desk = await launchDesk({ path: folder, userData: folderInStep() });
  await inStep(desk);
  const caseId = await focusRow(desk.page, 0);
  await callFocused(desk.page, 'answered');
  await expect
    .poll(
      async () =>
        (
          await county.rows<{ outcome: string }>(
            `SELECT outcome FROM call WHERE case_id = $1 ORDER BY started_at DESC LIMIT 1`,
            [caseId],
          )
        )[0]?.outcome,
      { timeout: 30_000 },
    )
    .toBe('answered');
  expect(readFileSync(dialled, 'utf8')).toMatch(/^tel:\+86\d+/);
});
