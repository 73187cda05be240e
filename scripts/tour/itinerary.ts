import { syllablesOf } from '../../electron/db/text.ts';
import type { Guide } from './guide.ts';
import { numberIn, textOf } from './screen.ts';

type Visit = (guide: Guide) => Promise<void>;

const firstSyncMs = 180_000;

/** The tour, in order. Each visit takes up where the one before it left the screen. */
export const itinerary: Readonly<Record<string, Visit>> = {
  'first sync': async ({ page }) => {
    const live = page.locator('[data-testid=sync-dot][data-state=live]');
    await live.or(page.getByTestId('sign-in')).waitFor({ timeout: firstSyncMs });
    if (!(await live.isVisible()))
      throw new Error('nobody is signed in; name an account in XIANYOU_DEMO_USER and XIANYOU_DEMO_PASSWORD');
  },
  county: async (guide) => {
    await guide.page.getByTestId('map-areas').locator('button').first().waitFor({ state: 'attached' });
    await guide.record('county');
    await guide.openFirstCase();
    await guide.record('desk');
    await guide.page.keyboard.press('Escape');
    await guide.page.getByTestId('case-panel').waitFor({ state: 'hidden' });
  },
  'new cases': async (guide) => {
    await guide.page.getByTestId('queue-new-pill').waitFor({ timeout: 60_000 });
    await guide.record('new-cases', { pill: await textOf(guide.page, 'queue-new-pill') });
    await guide.page.getByTestId('queue-new-pill').click();
    await guide.page.mouse.move(0, 0);
  },
  periods: async (guide) => {
    for (const period of ['today', 'week', 'month']) {
      await guide.page.getByTestId(`period-${period}`).click();
      await guide.record(`period-${period}`);
    }
    await guide.page.getByTestId('period-statYear').click();
  },
  town: async (guide) => {
    await guide.settle();
    const { name } = await guide.enterBusiestArea();
    await guide.record('town', { town: name });
  },
  village: async (guide) => {
    const { name } = await guide.enterBusiestArea();
    await guide.record('village', { village: name });
  },
  case: async (guide) => {
    await guide.openFirstCase();
    await guide.record('case', { caseNo: await textOf(guide.page, 'case-no') });
  },
  urge: async (guide) => {
    const { page } = guide;
    await page.keyboard.press('u');
    await page.locator('[data-testid=urge-confirm][aria-disabled=false]').waitFor();
    await guide.record('urge');
    await page.keyboard.press('Enter');
    await page.getByTestId('urge-dialog').waitFor({ state: 'hidden' });
    await guide.untilSent();
    await page.getByTestId('message-state').first().scrollIntoViewIfNeeded();
    await guide.record('urged', { messageStates: await page.getByTestId('message-state').allTextContents() });
  },
  call: async (guide) => {
    const { page } = guide;
    await page.keyboard.press('d');
    await page.getByTestId('call-outcome-answered').waitFor();
    await guide.record('call', { callee: await textOf(page, 'call-person') });
    await page.getByTestId('call-outcome-answered').click();
    await page.getByTestId('call-save').click();
    await page.getByTestId('call-dialog').waitFor({ state: 'hidden' });
    await guide.untilSent();
    await guide.record('called', { timelineLines: await page.getByTestId('timeline-line').count() });
  },
  'back to the county': async ({ page }) => {
    await page.keyboard.press('Escape');
    await page.getByTestId('case-panel').waitFor({ state: 'hidden' });
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.locator('[data-testid=breadcrumb][data-level=county]').waitFor();
  },
  undo: async (guide) => {
    const { page } = guide;
    for (const row of [0, 1, 2]) {
      await page
        .getByTestId('queue-row')
        .nth(row)
        // On its words: in the middle of a narrow row may lie the buttons that come with the cursor.
        .click({ modifiers: ['Control'], position: { x: 80, y: 14 } });
    }
    await page.keyboard.press('u');
    await page.locator('[data-testid=urge-confirm][aria-disabled=false]').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('undo-notice').waitFor();
    await guide.record('undo', { notice: await textOf(page, 'undo-notice') });
    await page.keyboard.press('Control+z');
    await page.getByTestId('undo-notice').waitFor({ state: 'hidden' });
    await guide.untilSent();
    await page.keyboard.press('c');
    await page.getByTestId('rejected-tray').waitFor();
    await guide.record('conflict-tray');
    await page.keyboard.press('Escape');
    await page.getByTestId('rejected-tray').waitFor({ state: 'hidden' });
  },
  search: async (guide) => {
    await guide.settle();
    const titles = await guide.page.getByTestId('queue-row').locator('b').allTextContents();
    const words = commonest(titles.map((title) => title.slice(-2)).filter((end) => /^\p{Script=Han}{2}$/u.test(end)));
    await search(guide, words, 'search-chinese');
    await search(guide, syllablesOf(words).join(''), 'search-pinyin');
    await guide.page.getByTestId('search-input').fill('');
    await guide.page.getByTestId('search-count').waitFor({ state: 'hidden' });
    await guide.page.keyboard.press('Escape');
  },
  points: async (guide) => {
    const { page } = guide;
    await page.getByTestId('map-points').selectOption('points');
    await page.getByTestId('map-clusters').locator('[data-cluster-id]').first().waitFor({ state: 'attached' });
    await guide.record('points');
    const counts = await page
      .getByTestId('map-clusters')
      .locator('button')
      .evaluateAll((all) => all.map((one) => Number(one.dataset.count)));
    const most = Math.max(...counts);
    await page.getByTestId('map-clusters').locator(`[data-cluster-id][data-count="${most}"]`).first().press('Enter');
    await guide.untilTotalIs(most);
    await guide.record('cluster', { clusterCount: most });
    await page.getByTestId('chip-cluster').locator('button').click();
    await page.getByTestId('map-points').selectOption('areas');
  },
  rates: async (guide) => {
    for (const metric of ['overdueRate', 'closedRate']) {
      await guide.page.getByTestId('map-metric').selectOption(metric);
      await guide.record(`map-${metric === 'overdueRate' ? 'overdue' : 'closed'}-rate`);
    }
    await guide.page.getByTestId('map-metric').selectOption('open');
  },
  workspaces: async (guide) => {
    for (const name of ['analysis', 'situation', 'followUp', 'evaluation', 'session', 'settings']) {
      await guide.visit(name);
      await guide.record(`workspace-${name === 'followUp' ? 'follow-up' : name}`);
    }
  },
  'light theme': async (guide) => {
    await guide.choose('setting-theme', 'light');
    await guide.visit('desk');
    await guide.record('light-county');
    await guide.openFirstCase();
    await guide.record('light-case');
  },
  English: async (guide) => {
    await guide.choose('setting-locale', 'en');
    await guide.visit('desk');
    await guide.record('english');
    await guide.choose('setting-locale', 'zh-CN');
    await guide.visit('desk');
  },
  'small window': async (guide) => {
    await guide.resize(1366, 768);
    await guide.record('light-1366x768');
    await guide.choose('setting-theme', 'dark');
    await guide.visit('desk');
    await guide.record('dark-1366x768');
  },
};

async function search(guide: Guide, words: string, step: string): Promise<void> {
  await guide.page.keyboard.press('/');
  await guide.page.getByTestId('search-input').fill(words);
  await guide.page.getByTestId('chip-text').getByText(words).waitFor();
  const { queueTotal } = await guide.record(step, { words });
  const said = numberIn(await textOf(guide.page, 'search-count'));
  if (queueTotal === 0 || said !== queueTotal) throw new Error(`"${words}" finds ${said}, the queue has ${queueTotal}`);
  await guide.page.keyboard.press('Enter');
}

function commonest(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [first] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!first) throw new Error('no title on the screen ends in words to search for');
  return first[0];
}
