import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { countsInSql } from '../../central/db/figures.ts';
import { putIntakeKey } from '../../central/db/intake-keys.ts';
import { countyScope } from '../../shared/model/case-filter.ts';
import { anchor, type County } from '../builders/county.ts';
import { postReport } from '../builders/http-client.ts';
import { numberIn, test } from './fixtures.ts';

const dialog = (page: Page) => page.getByTestId('step-dialog');
const line = (page: Page, kind: string) => page.locator(`[data-testid=timeline-line][data-kind=${kind}]`);
const inFacet = async (page: Page, work: string): Promise<number> =>
  numberIn(await page.getByTestId(`queue-work-${work}`).textContent());
const total = async (page: Page): Promise<number> => numberIn(await page.getByTestId('queue-total').textContent());

/** Types other words into the search and goes back to the list. */
async function searchFor(page: Page, words: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

/** Opens a case by its number, hands on the keys only. */
async function openByNumber(page: Page, { id, no }: { id: string; no: string }): Promise<void> {
  await searchFor(page, no);
  await expect(page.getByTestId('queue-row')).toHaveCount(1);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.locator(`[data-testid=case-panel][data-case-id="${id}"]`)).toBeVisible();
}

async function give(page: Page, key: string, fill: () => Promise<void>): Promise<void> {
  await page.keyboard.press(key);
  await expect(dialog(page)).toBeVisible();
  await fill();
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toBeHidden();
}

async function consult(page: Page, conclusion: string): Promise<void> {
  await give(page, 'o', async () => {
    await expect(page.getByTestId('consult-participants')).toBeFocused();
    await page.keyboard.type('包村领导、村支书、双方当事人');
    await page.keyboard.press('Tab');
    await page.keyboard.type('由村里出面修沟\n双方各让一尺');
    await page.keyboard.press('Tab');
    await page.keyboard.type(conclusion);
  });
}

/** An open case of a village with a paired department. */
async function pairedCase(county: County) {
  const [found] = await county.rows<{ id: string; no: string; department: string; village: string }>(
    `SELECT c.id, c.no, d.name AS department, v.name AS village FROM cases c JOIN village v ON v.id = c.village_code
     JOIN department d ON d.id = v.department_id
     WHERE c.closed_at IS NULL AND c.voided_at IS NULL AND c.merged_into_id IS NULL ORDER BY c.recorded_at DESC, c.id LIMIT 1`,
  );
  if (!found) throw new Error('the seed set has no open case of a paired village');
  return found;
}

test('two consultations let a case climb to the county inbox, where it is given by the village’s link, sent back and given anew, by keys alone', async ({
  county,
  desk: { page },
}) => {
  const one = await pairedCase(county);
  await openByNumber(page, one);

  // The button and the form say what is missing; what was typed stays.
  await page.keyboard.press('g');
  await expect(page.getByTestId('consulted')).toContainText('村级会商 0/2，还差 2 次');
  await expect(page.getByTestId('step-confirm')).toContainText('提级（还差 2 次会商）');
  await page.keyboard.type('需县里协调资金');
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page).getByRole('alert')).toContainText('还差 2 次');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();

  await consult(page, '未达成一致，择日再议');
  await expect(page.getByTestId('work-escalateCase')).toContainText('还差 1 次会商');
  await consult(page, '双方同意由县里协调');
  await expect(page.getByTestId('consultation')).toHaveCount(2);
  await expect(page.getByTestId('consultation').first()).toContainText('方案 2：双方各让一尺');

  const inbox = await inFacet(page, 'countyInbox');
  await give(page, 'g', async () => {
    await expect(page.getByTestId('consulted')).toContainText('村级会商 2/2，可以提级');
    await expect(page.getByTestId('step-text')).toHaveValue('需县里协调资金');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('2');
  });
  await expect(line(page, 'escalated')).toContainText('村级 → 县级');
  await expect.poll(() => inFacet(page, 'countyInbox')).toBe(inbox + 1);

  await give(page, 'a', async () => {
    const first = page.getByTestId('assignee-option').first();
    await expect(first).toContainText(`${one.department}建议：${one.village}结对部门`);
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('assignee-chosen')).toContainText(`${one.department}（结对部门）`);
    await page.keyboard.press('Tab');
    await page.keyboard.type('三日内到村协调');
  });
  await expect(page.getByTestId('case-assignee')).toContainText(one.department);
  await expect.poll(() => inFacet(page, 'countyInbox')).toBe(inbox);
  await expect.poll(() => inFacet(page, 'assigned')).toBe(1);

  await give(page, 'a', () => page.keyboard.type('不属本部门职责'));
  await expect(page.getByTestId('case-assignee')).toContainText('县级收件箱，待交办');
  await expect(page.getByTestId('assignment')).toContainText('不属本部门职责');
  await expect.poll(() => inFacet(page, 'countyInbox')).toBe(inbox + 1);
  // The number is the length of the list it opens.
  await searchFor(page, '');
  await page.getByTestId('queue-work-countyInbox').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => total(page)).toBe(inbox + 1);
  await expect(page.locator(`[data-testid=queue-row][data-case-id="${one.id}"]`)).toBeVisible();

  await openByNumber(page, one);
  await give(page, 'a', async () => {
    await page.keyboard.type('zrzyj');
    await expect(page.getByTestId('assignee-option').first()).toContainText('自然资源局');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('assignee-chosen')).toContainText('自然资源局（人工选择）');
    await page.keyboard.press('Tab');
    await page.keyboard.type('请现场勘界');
  });
  await expect.poll(() => inFacet(page, 'assigned')).toBe(1);

  await expect
    .poll(async () => numberIn(await page.getByTestId('sync-pending').textContent()), { timeout: 40_000 })
    .toBe(0);
  const stored = await county.rows<{ state: string; basis: string; end_note: string }>(
    'SELECT state, basis, end_note FROM assignment WHERE case_id = $1 ORDER BY at',
    [one.id],
  );
  expect(stored).toEqual([
    { state: 'returned', basis: 'pairedDepartment', end_note: '不属本部门职责' },
    { state: 'open', basis: 'chosen', end_note: '' },
  ]);
  const climbed = await county.rows(
    'SELECT consultations::int, override, to_level FROM escalation WHERE case_id = $1',
    [one.id],
  );
  expect(climbed).toEqual([{ consultations: 2, override: false, to_level: 'county' }]);
});

test('a report that came twice is proposed, merged and unmerged: tiles, list and server go down by one and up again, and what is merged never climbs', async ({
  county,
  desk: { page },
}) => {
  await putIntakeKey(county.pool, 'climb-key', '*');
  const [village] = await county.rows<{ id: string; name: string }>('SELECT id, name FROM village ORDER BY id LIMIT 1');
  const report = {
    title: `${village?.name}两户因排水沟走向发生纠纷`,
    detail: '双方就屋后排水沟走向争执，请派人到场。',
    address: `${village?.name}第3组12号`,
    category: 'neighbour',
    villageCode: village?.id,
  };
  const reporter = { name: '林测试', phone: '138 0000 0001' };
  const first = await postReport(
    county.proxy.target,
    'other',
    { ...report, reporter, sourceNo: 'A-1', reason: '来电' },
    'climb-key',
  );
  const again = { ...report, title: '屋后排水沟纠纷', reporter: { ...reporter, phone: '+86 13800000001' } };
  const second = await postReport(
    county.proxy.target,
    'other',
    { ...again, sourceNo: 'A-2', reason: '来电' },
    'climb-key',
  );
  const main = { id: String(first.body.id), no: String(first.body.no) };
  const twin = { id: String(second.body.id), no: String(second.body.no) };
  const tile = async () => numberIn(await page.getByTestId('tile-value-open').textContent());
  const onServer = async () => {
    const [setting] = await county.rows<{ value: { from: number } }>(`SELECT value FROM setting WHERE id = 'statYear'`);
    const period = { from: setting?.value.from ?? 0, to: null };
    const cohort = { scope: countyScope, period, sources: [], categories: [], campaign: null };
    return (await countsInSql(county.pool, cohort, anchor + 3_600_000)).open;
  };
  const before = await onServer();
  await expect.poll(tile).toBe(before);
  await openByNumber(page, twin);

  await give(page, 'm', async () => {
    const offer = page.getByTestId('merge-target-option').first();
    await expect(offer).toContainText(main.no);
    await expect(offer).toContainText('同一当事人（号码相同） · 同村 · 间隔不足 1 天');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('compare-cases')).toContainText(main.no);
    await expect(page.getByTestId('compare-cases')).toContainText(twin.no);
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').setLegacyMode().analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  });
  await expect(line(page, 'merged')).toContainText('同一当事人');
  await page.keyboard.press('g');
  await expect(page.getByTestId('notice')).toContainText('已并案');
  await expect(dialog(page)).toBeHidden();
  await page.keyboard.press('.');
  await expect.poll(() => total(page)).toBe(0);
  await expect.poll(onServer, { timeout: 30_000 }).toBe(before - 1);
  await searchFor(page, '');
  await expect.poll(tile).toBe(before - 1);
  await expect.poll(() => total(page)).toBe(before - 1);

  await give(page, 'm', async () => {
    await expect(page.getByTestId('compare-cases')).toContainText(main.no);
    await page.keyboard.type('经核实是两户');
  });
  await expect(line(page, 'unmerged')).toHaveCount(1);
  await expect.poll(tile).toBe(before);
  await page.keyboard.press('.');
  await expect.poll(() => total(page)).toBe(before);
  await expect.poll(onServer, { timeout: 30_000 }).toBe(before);

  // Without consultations only as an exception, whose reason stands in the course.
  await give(page, 'g', async () => {
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Space');
    await expect(page.getByTestId('step-confirm')).not.toContainText('还差');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('双方持械，须立即提级');
  });
  await expect(line(page, 'escalated')).toContainText('破例提级：村级 → 镇级（只会商 0 次）');
  await expect(page.getByTestId('escalation')).toContainText('双方持械，须立即提级');
});
