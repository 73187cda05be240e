import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { inRevision } from '../../central/db/in-revision.ts';
import type { County } from '../builders/county.ts';
import { Desk } from '../builders/http-client.ts';
import { folderInStep, inStep, numberIn, test } from './fixtures.ts';
import { focusRow, urgeFocused } from './hands.ts';

const pendingOf = async (page: Page): Promise<number> => numberIn(await page.getByTestId('sync-pending').textContent());
const value = (page: Page, key: string, side: 'mine' | 'theirs' | 'by') =>
  page.locator(`[data-testid=conflict-field][data-key=${key}]`).getByTestId(`conflict-${side}`);
const commandsOf = (county: County, caseId: string) =>
  county.rows<{ name: string; status: string; reason: string | null; answered_at: string }>(
    'SELECT name, status, reason, answered_at FROM command_result WHERE case_id = $1 ORDER BY answered_at, id',
    [caseId],
  );

test('two desks record one call’s outcome: the later one sees both values and the reason, keeps its note, and decides by keyboard alone', async ({
  desk,
  county,
  launchDesk,
}) => {
  const { page } = desk;
  const note = '接通，答应明早八点到场，带调解员';
  const caseId = await focusRow(page, 0);
  await page.keyboard.press('d');
  await expect(page.getByTestId('call-person')).toBeVisible();
  await expect.poll(() => commandsOf(county, caseId)).toHaveLength(1);

  // The other desk has a line of its own: the first one's is cut.
  const other = await launchDesk({
    centralUrl: county.proxy.target,
    workstation: 'desk-b',
    demo: { username: 'leader', password: 'xianyou-demo' },
    userData: folderInStep(),
  });
  await inStep(other);
  county.proxy.partition();
  await expect(page.locator('[data-testid=sync-dot][data-state=offline]')).toBeVisible({ timeout: 30_000 });
  await other.page.locator(`[data-testid=queue-row][data-case-id="${caseId}"]`).click();
  await other.page.getByTestId('case-panel').getByText('登记结果').click();
  await other.page.getByTestId('call-outcome-noAnswer').click();
  await other.page.getByTestId('call-note').fill('三次均无人接听');
  await other.page.getByTestId('call-save').click();

  await page.getByTestId('call-outcome-answered').click();
  await page.getByTestId('call-note').fill(note);
  await page.getByTestId('call-save').click();
  await expect(page.getByTestId('call-dialog')).toBeHidden();
  await expect.poll(async () => (await commandsOf(county, caseId)).length, { timeout: 30_000 }).toBe(2);
  county.proxy.heal();
  await expect(page.getByTestId('rejected-button')).toBeVisible({ timeout: 60_000 });

  await page.keyboard.press('c');
  await expect(page.getByTestId('conflict-reason')).toContainText('已登记结果');
  await expect(value(page, 'outcome', 'mine')).toHaveText('已接听');
  await expect(value(page, 'outcome', 'theirs')).toHaveText('无人接听');
  await expect(value(page, 'note', 'mine')).toContainText(note);
  await expect(value(page, 'note', 'theirs')).toHaveText('三次均无人接听');
  const leader = (await other.page.getByTestId('operator').locator('b').textContent()) ?? '';
  await expect(value(page, 'outcome', 'by')).toContainText(leader);

  // The rules still refuse mine: it says so and stays, with its note to be copied.
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('conflict-keep')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('conflict-failure')).toContainText('已登记结果');
  await expect(page.getByTestId('rejected-item')).toHaveCount(1);
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByTestId('conflict-copy')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => desk.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(note);

  await page.keyboard.press('2');
  await expect(page.getByTestId('rejected-item')).toHaveCount(0);
  await expect(page.getByTestId('rejected-button')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('rejected-tray')).toBeHidden();
  expect((await commandsOf(county, caseId)).map(({ status }) => status)).toEqual(['accepted', 'accepted', 'rejected']);
  const [call] = await county.rows<{ outcome: string; note: string }>(
    'SELECT outcome, note FROM call WHERE case_id = $1 ORDER BY started_at DESC LIMIT 1',
    [caseId],
  );
  expect(call).toEqual({ outcome: 'noAnswer', note: '三次均无人接听' });
});

test('a refused urging is kept as a new command once the case is open again; the others are let go together', async ({
  desk,
  county,
}) => {
  const { page } = desk;
  const other = await Desk.signIn(county.proxy.target, 'dispatcher');
  county.proxy.partition();
  await expect(page.locator('[data-testid=sync-dot][data-state=offline]')).toBeVisible({ timeout: 30_000 });
  const caseIds: string[] = [];
  for (const row of [0, 1, 2]) {
    caseIds.push(await focusRow(page, row));
    await urgeFocused(page);
  }
  const [first = '', second = '', third = ''] = caseIds;
  const closed = await other.send(...caseIds.map((id) => other.command(id, 'closeCase', { note: '双方已和解' })));
  expect(closed.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
  county.proxy.heal();
  await expect.poll(() => pendingOf(page), { timeout: 60_000 }).toBe(0);
  await page.getByTestId('rejected-button').click();
  await expect(page.getByTestId('rejected-item')).toHaveCount(3);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(page.locator('[data-testid=rejected-item][aria-selected=true]')).toContainText('办结');
  await expect(value(page, 'closedAt', 'by')).toContainText(other.session.operator.name);
  await expect(value(page, 'degree', 'mine')).toHaveText('黄牌提醒');
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').setLegacyMode().analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  await page.keyboard.press('1');
  await expect(page.getByTestId('conflict-failure')).toContainText('已办结');

  const reopening = other.command(first, 'callBack', { result: 'dissatisfied', note: '' });
  expect((await other.send(reopening))[0]?.status).toBe('accepted');
  await expect(value(page, 'closedAt', 'theirs')).toHaveText('未办结');
  await page.keyboard.press('1');
  await expect(page.getByTestId('rejected-item')).toHaveCount(2);
  await expect
    .poll(async () => (await commandsOf(county, first)).map(({ name, status }) => [name, status]))
    .toEqual([
      ['closeCase', 'accepted'],
      ['urgeResponsibles', 'rejected'],
      ['callBack', 'accepted'],
      ['urgeResponsibles', 'accepted'],
    ]);

  await page.getByTestId('conflict-accept-all').click();
  await page.getByTestId('conflict-accept-all-sure').click();
  await expect(page.getByTestId('rejected-item')).toHaveCount(0);
  for (const caseId of [second, third]) expect(await commandsOf(county, caseId)).toHaveLength(2);
});

test('an urging of somebody who has left the register is given again to those responsible now, with its degree and note', async ({
  desk,
  county,
}) => {
  const { page } = desk;
  county.proxy.partition();
  await expect(page.locator('[data-testid=sync-dot][data-state=offline]')).toBeVisible({ timeout: 30_000 });
  const caseId = await focusRow(page, 0);
  await page.keyboard.press('u');
  await page.keyboard.press('3');
  await page.getByTestId('urge-note').fill('请今晚到场');
  await page.getByTestId('urge-confirm').click();
  await expect(page.getByTestId('urge-dialog')).toBeHidden();
  const [gone] = await county.rows<{ id: string }>(
    `SELECT p.person_id AS id FROM post p JOIN cases c ON c.village_code = p.village_code
     WHERE c.id = $1 AND p.person_id IS NOT NULL AND p.valid_to IS NULL ORDER BY p.rank LIMIT 1`,
    [caseId],
  );
  const held = await county.rows<{ id: string }>('SELECT id FROM post WHERE person_id = $1', [gone?.id]);
  await inRevision(county.pool, async (revision) => {
    await revision.remove(
      'post',
      held.map(({ id }) => id),
    );
    await revision.remove('person', [gone?.id ?? '']);
  });
  county.proxy.heal();
  await page.getByTestId('rejected-button').click({ timeout: 60_000 });
  await expect(page.getByTestId('conflict-reason')).toContainText('责任人已变动');
  await expect(page.getByTestId('conflict-keep')).toContainText('另选责任人');
  await page.keyboard.press('1');
  await expect(page.getByTestId('urge-note')).toHaveValue('请今晚到场');
  // Nothing is decided yet by leaving.
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('rejected-item')).toHaveCount(1);
  await page.keyboard.press('1');
  await expect(page.getByTestId('urge-degree-red')).toHaveAttribute('aria-pressed', 'true');
  await page.getByTestId('urge-confirm').click();
  await expect(page.getByTestId('urge-dialog')).toBeHidden();
  await expect(page.getByTestId('rejected-button')).toBeHidden();
  await expect
    .poll(async () => (await commandsOf(county, caseId)).map(({ name, status, reason }) => [name, status, reason]))
    .toEqual([
      ['urgeResponsibles', 'rejected', 'personUnknown'],
      ['urgeResponsibles', 'accepted', null],
    ]);
});

test('three urged at once and taken back are never seen by the server; three others leave after ten seconds, each once', async ({
  desk,
  county,
}) => {
  const { page } = desk;
  const urgeRows = async (rows: number[]): Promise<string[]> => {
    const caseIds: string[] = [];
    for (const row of rows) {
      caseIds.push(await focusRow(page, row));
      await page.keyboard.press('x');
    }
    await urgeFocused(page);
    return caseIds;
  };
  const taken = await urgeRows([0, 1, 2]);
  await expect(page.getByTestId('undo-notice')).toContainText('3');
  await expect.poll(() => pendingOf(page)).toBe(3);
  await page.reload();
  await expect(page.getByTestId('undo-notice')).toBeVisible();
  // With a dialog open too; in its fields the key is the field's.
  await focusRow(page, 0);
  await page.keyboard.press('u');
  await page.getByTestId('urge-note').pressSequentially('水');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('urge-note')).toHaveValue('');
  await expect(page.getByTestId('undo-notice')).toBeVisible();
  await page.getByTestId('urge-confirm').focus();
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('undo-notice')).toBeHidden();
  await expect(page.getByTestId('urge-dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('undo-said')).toBeVisible();
  await expect.poll(() => pendingOf(page)).toBe(0);

  const sent = await urgeRows([3, 4, 5]);
  const givenAt = Date.now();
  // Another case goes on at once.
  const free = await focusRow(page, 6);
  await urgeFocused(page);
  await expect.poll(async () => (await commandsOf(county, free)).length).toBe(1);
  await expect.poll(() => pendingOf(page)).toBe(3);
  await expect(page.getByTestId('undo-notice')).toBeHidden({ timeout: 15_000 });
  await expect.poll(() => pendingOf(page)).toBe(0);
  expect(Date.now() - givenAt).toBeGreaterThan(9_000);
  for (const caseId of sent) {
    const commands = await commandsOf(county, caseId);
    expect(commands.map(({ status }) => status)).toEqual(['accepted']);
    expect(Number(commands[0]?.answered_at)).toBeGreaterThan(Number((await commandsOf(county, free))[0]?.answered_at));
  }
  for (const caseId of taken) expect(await commandsOf(county, caseId)).toEqual([]);
  const messages = await county.rows('SELECT id FROM message WHERE case_id = ANY($1) AND rev > 1', [taken]);
  expect(messages).toEqual([]);
});

test('a call’s outcome taken back stands open again with its note in the form; in a field the key is the field’s', async ({
  desk,
  county,
}) => {
  const { page } = desk;
  const caseId = await focusRow(page, 0);
  await page.keyboard.press('d');
  await page.getByTestId('call-outcome-answered').click();
  await page.getByTestId('call-note').fill('答应今晚到场');
  await page.getByTestId('call-save').click();
  await expect(page.getByTestId('undo-notice')).toContainText('已接听');
  await page.keyboard.press('/');
  await page.keyboard.type('水');
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('undo-notice')).toBeVisible();
  await page.keyboard.press('Escape');
  // An open dialog does not lie over it.
  await page.getByTestId('queue-row').first().focus();
  await page.keyboard.press('?');
  await expect(page.getByTestId('key-sheet')).toBeVisible();
  await page.getByTestId('undo-button').click();
  await expect(page.getByTestId('undo-notice')).toBeHidden();
  await page.keyboard.press('Escape');
  await page.getByTestId('search-input').fill('');
  await focusRow(page, 0);
  await page.keyboard.press('Enter');
  await page.getByTestId('case-panel').getByText('登记结果').click();
  await expect(page.getByTestId('call-note')).toHaveValue('答应今晚到场');
  await expect.poll(() => pendingOf(page)).toBe(0);
  expect((await commandsOf(county, caseId)).map(({ name }) => name)).toEqual(['startCall']);
});

test('a command the server chokes on is named with its case, and goes by itself when the server can', async ({
  desk,
  county,
}) => {
  const { page } = desk;
  const caseId = await focusRow(page, 0);
  await county.rows(
    `CREATE FUNCTION choke() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'choked'; END $$`,
  );
  await county.rows(
    `CREATE TRIGGER choke BEFORE UPDATE ON cases FOR EACH ROW WHEN (NEW.id = '${caseId}') EXECUTE FUNCTION choke()`,
  );
  await urgeFocused(page);
  const free = await focusRow(page, 1);
  await urgeFocused(page);
  await expect.poll(async () => (await commandsOf(county, free)).length).toBe(1);
  await page.getByTestId('choked-button').click();
  await expect(page.getByTestId('choked-item')).toHaveCount(1);
  await expect(page.getByTestId('choked-item')).toContainText('催办');
  await county.rows('DROP TRIGGER choke ON cases');
  await expect(page.getByTestId('choked-item')).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByTestId('choked-button')).toBeHidden();
  expect((await commandsOf(county, caseId)).map(({ status }) => status)).toEqual(['accepted']);
});
