import { expect } from '@playwright/test';
import { countsInSql } from '../../central/db/figures.ts';
import { inRevision } from '../../central/db/in-revision.ts';
import { blankCase } from '../../shared/model/blank-case.ts';
import { type CaseFilter, countyScope, nameableCases } from '../../shared/model/case-filter.ts';
import type { countMetrics } from '../../shared/model/metrics/dictionary.ts';
import { anchor } from '../builders/county.ts';
import { numberIn, test } from './fixtures.ts';

const tiles = [
  'open',
  'openOverdue',
  'dueSoon',
  'highRisk',
  'awaitingDispatch',
] as const satisfies (keyof typeof countMetrics)[];

async function statYearFilter(county: { rows<T extends object>(text: string): Promise<T[]> }): Promise<CaseFilter> {
  const [setting] = await county.rows<{ value: { from: number } }>(`SELECT value FROM setting WHERE id = 'statYear'`);
  if (!setting) throw new Error('the seed has no statYear');
  const period = { from: setting.value.from, to: null };
  const none = { sources: [], categories: [], campaign: null, work: null, text: '', caseIds: null };
  return { scope: countyScope, period, metric: 'open', asOf: anchor, ...none };
}

test('every tile equals the list behind it and the central server’s SQL', async ({ desk, county }) => {
  const { page } = desk;
  const expected = await countsInSql(county.pool, await statYearFilter(county), anchor);
  for (const metric of tiles) {
    const value = page.getByTestId(`tile-value-${metric}`);
    await expect(value).toHaveText(new RegExp(String(expected[metric])));
    await page.getByTestId(`tile-${metric}`).click();
    await expect.poll(async () => numberIn(await page.getByTestId('queue-total').textContent())).toBe(expected[metric]);
  }
});

test('every town’s and village’s number on the map equals its list and the central server’s SQL', async ({
  desk,
  county,
}) => {
  const { page } = desk;
  const filter = await statYearFilter(county);
  const areas = page.getByTestId('map-areas').locator('button');
  await expect(areas).toHaveCount(18);
  for (const townIndex of [1, 2, 6]) {
    const town = areas.nth(townIndex);
    const townCode = (await town.getAttribute('data-code')) ?? '';
    const shown = Number(await town.getAttribute('data-value'));
    const inTown: CaseFilter = { ...filter, scope: { level: 'town', code: townCode } };
    expect(shown).toBe((await countsInSql(county.pool, inTown, anchor)).open);
    await town.press('Enter');
    await expect(page.getByTestId('breadcrumb')).toContainText('›');
    await expect.poll(async () => numberIn(await page.getByTestId('queue-total').textContent())).toBe(shown);
    await expect.poll(() => areas.first().getAttribute('data-code')).toContain(townCode);
    const villages = await areas.evaluateAll((buttons) =>
      buttons.map((button) => ({ code: button.dataset.code ?? '', value: Number(button.dataset.value) })),
    );
    expect(villages.reduce((sum, village) => sum + village.value, 0)).toBe(shown);
    const busiest = villages.reduce((a, b) => (b.value > a.value ? b : a));
    await page.getByTestId('map-areas').locator(`button[data-code="${busiest.code}"]`).press('Enter');
    await expect.poll(async () => numberIn(await page.getByTestId('queue-total').textContent())).toBe(busiest.value);
    await page
      .getByTestId('queue-total')
      .focus()
      .catch(() => undefined);
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await expect(areas).toHaveCount(18);
  }
});

test('a cluster on the map lists exactly the cases it counts', async ({ desk }) => {
  const { page } = desk;
  await page.getByTestId('map-points').selectOption('points');
  const clusters = page.getByTestId('map-clusters').locator('button[data-cluster-id]');
  await expect(clusters.first()).toBeAttached({ timeout: 20_000 });
  const count = Number(await clusters.first().getAttribute('data-count'));
  await clusters.first().press('Enter');
  await expect.poll(async () => numberIn(await page.getByTestId('queue-total').textContent())).toBe(count);
});

test('a cluster of more cases than a list can name is come nearer to by clicks; where it stays one, the newest are listed, and of how many', async ({
  desk,
  county,
}) => {
  const { page } = desk;
  const [village] = await county.rows<{ id: string; town_code: string; lng: number; lat: number }>(
    'SELECT id, town_code, lng, lat FROM village ORDER BY id LIMIT 1',
  );
  if (!village) throw new Error('the seed has no village');
  const { id: villageCode, town_code: townCode, lng, lat } = village;
  const recordedAt = anchor - 3_600_000;
  const place = { villageCode, townCode, lng, lat, recordedAt, dueAt: anchor + 86_400_000, title: '同一处地点来件' };
  const what = { source: 'grid', category: 'neighbour', deadlineRule: 'default', dispatchState: 'auto' } as const;
  const heap = Array.from({ length: nameableCases + 20 }, (_, n) =>
    blankCase({ id: `heap-${n}`, no: `H${n}`, sourceNo: `H${n}`, ...place, ...what }),
  );
  await inRevision(county.pool, (revision) => revision.upsert('case', heap));

  await page.getByTestId('search-input').fill('同一处地点');
  await page.getByTestId('map-points').selectOption('points');
  const cluster = page.locator(`[data-testid=map-clusters] button[data-count="${heap.length}"]`);
  await expect(cluster).toBeAttached({ timeout: 30_000 });
  const far = await cluster.getAttribute('data-cluster-id');
  await cluster.press('Enter');
  await expect(cluster).not.toHaveAttribute('data-cluster-id', far ?? '');
  await expect(page.getByTestId('chip-cluster')).toBeHidden();
  // What was come nearer to stands in the middle, wherever its disc was hit.
  const map = await page.getByTestId('map-canvas').boundingBox();
  if (!map) throw new Error('there is no map');
  const near = await cluster.getAttribute('data-cluster-id');
  await page.mouse.click(map.x + map.width / 2 + 12, map.y + map.height / 2);
  await expect(cluster).not.toHaveAttribute('data-cluster-id', near ?? '');
  await expect(page.getByTestId('chip-cluster')).toBeHidden();
  await expect(async () => {
    await page.mouse.click(map.x + map.width / 2, map.y + map.height / 2);
    await expect(page.getByTestId('chip-cluster')).toBeVisible({ timeout: 1000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByTestId('chip-cluster')).toContainText('最近 5,000 件，共 5,020 件');
  await expect.poll(async () => numberIn(await page.getByTestId('queue-total').textContent())).toBe(nameableCases);
});

test('the map’s clusters are reached and listed with the keyboard alone', async ({ desk }) => {
  const { page } = desk;
  await page.getByTestId('map-points').selectOption('points');
  const clusters = page.getByTestId('map-clusters').locator('button');
  await expect(clusters.first()).toBeAttached({ timeout: 20_000 });
  for (
    let tabs = 0;
    tabs < 60 && !(await clusters.first().evaluate((button) => button === document.activeElement));
    tabs += 1
  ) {
    await page.keyboard.press('Tab');
  }
  await expect(clusters.first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(clusters.nth(1)).toBeFocused();
  expect((await clusters.nth(1).boundingBox())?.width ?? 0).toBeGreaterThan(20);
});
