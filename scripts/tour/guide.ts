import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication, Page } from '@playwright/test';
import { lookAt, numberIn, type Screen, settledPart, textOf } from './screen.ts';

/** One picture of the tour and what it shows. */
export interface TourStep {
  readonly step: string;
  readonly file: string;
  readonly numbers: Screen & Readonly<Record<string, unknown>>;
}

/** Map and app draw without a graphics card and beside whatever else the machine does. */
const patienceMs = 60_000;
const lookAgainMs = 120;

/** The hands, eyes and camera of a tour. */
export class Guide {
  readonly page: Page;
  readonly steps: TourStep[] = [];
  readonly #app: ElectronApplication;
  readonly #dir: string;

  constructor(app: ElectronApplication, page: Page, dir: string) {
    this.#app = app;
    this.page = page;
    this.#dir = dir;
    page.setDefaultTimeout(patienceMs);
  }

  /** Waits until the screen stands still, takes its picture and writes down the numbers on it, with those of `more`. */
  async record(step: string, more: Readonly<Record<string, unknown>> = {}): Promise<Screen> {
    const screen = await this.settle();
    this.steps.push({ step, file: await this.picture(step), numbers: { ...screen, ...more } });
    return screen;
  }

  /** Takes a picture of what is there now; answers with its file name, numbered on. */
  async picture(name: string): Promise<string> {
    const file = `${String(this.steps.length + 1).padStart(2, '0')}-${name}.png`;
    await this.page.screenshot({ path: join(this.#dir, file) });
    return file;
  }

  /** Waits until nothing loads, the map is wholly drawn and the numbers are the same at two looks. */
  async settle(): Promise<Screen> {
    let before = '';
    let why = '';
    return this.until(
      () => `the screen to stand still: ${why}`,
      async () => {
        // Two frames: what was just answered is on the page and has reached the map.
        await this.page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
        const { screen, unrest } = await lookAt(this.page);
        const now = settledPart(screen);
        why = unrest || 'numbers change';
        const still = unrest === '' && now === before;
        before = now;
        return still && screen;
      },
    );
  }

  /** Looks again and again until `look` sees something. Throws an Error naming `what` after a minute. */
  async until<T>(what: string | (() => string), look: () => Promise<T | false>): Promise<T> {
    const end = performance.now() + patienceMs;
    for (;;) {
      const seen = await look();
      if (seen !== false) return seen;
      if (performance.now() > end) throw new Error(`waited in vain for ${typeof what === 'string' ? what : what()}`);
      await pause(lookAgainMs);
    }
  }

  /** What was done here has reached the server and come back. */
  async untilSent(): Promise<void> {
    await this.until(
      'the queue of unsent commands to empty',
      async () => numberIn(await textOf(this.page, 'sync-pending')) === 0 && (await this.#state()) === 'live',
    );
  }

  async untilTotalIs(count: number): Promise<void> {
    await this.until(
      `${count} cases in the queue`,
      async () => numberIn(await textOf(this.page, 'queue-total')) === count,
    );
  }

  /** Goes into the area of the map with the most cases; answers with its name, its code and the number it showed. */
  async enterBusiestArea(): Promise<{ name: string; code: string; value: number }> {
    const areas = await this.page
      .getByTestId('map-areas')
      .locator('button')
      .evaluateAll((all) =>
        all.map((one) => ({
          name: one.dataset.name ?? '',
          code: one.dataset.code ?? '',
          value: Number(one.dataset.value),
        })),
      );
    const busiest = areas.reduce((a, b) => (b.value > a.value ? b : a));
    const label = this.page.locator(`.map-label[data-code="${busiest.code}"]`);
    // A label that found no room is not there to be clicked; the map's list always has it.
    if (await label.isVisible()) await label.click();
    else await this.page.locator(`[data-testid=map-areas] button[data-code="${busiest.code}"]`).press('Enter');
    // The cursor would go on colouring the area it rests on.
    await this.page.mouse.move(0, 0);
    await this.page.getByTestId('breadcrumb').getByText(busiest.name).waitFor();
    return busiest;
  }

  /** Opens the first case of the queue with a click and waits for the whole of it. */
  async openFirstCase(): Promise<void> {
    await this.page.getByTestId('queue-row').first().click();
    await this.page.mouse.move(0, 0);
    await this.page.getByTestId('case-no').waitFor();
  }

  async visit(workspace: string): Promise<void> {
    await this.page.getByTestId(`nav-${workspace}`).click();
    await this.page.locator(`[data-testid=nav-${workspace}][aria-current=page]`).waitFor();
    await this.page.mouse.move(0, 0);
  }

  /** Chooses one of the values of a setting, as an operator does in the settings. */
  async choose(setting: string, value: string): Promise<void> {
    await this.visit('settings');
    const id = await this.page.getByTestId(setting).locator(`input[value="${value}"]`).getAttribute('id');
    await this.page.locator(`label[for="${id}"]`).click();
  }

  /** Inner size of the window, in pixels. */
  async resize(width: number, height: number): Promise<void> {
    await this.#app.evaluate(
      ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
      { width, height },
    );
    await this.until('the window to take its size', async () => (await this.page.evaluate('innerWidth')) === width);
  }

  async #state(): Promise<string | null> {
    return this.page.getByTestId('sync-dot').getAttribute('data-state');
  }
}
