import type { Page } from '@playwright/test';

/** What can be read off the screen as it stands. What is not on it is missing. */
export interface Screen {
  /** Tile (name of the metric) → its number; a rate in percent, null where there is nothing to divide by. */
  readonly tiles?: Readonly<Record<string, number | null>>;
  readonly queueTotal?: number;
  /** Name of the town or village → its value on the map. */
  readonly areas?: Readonly<Record<string, number | null>>;
  readonly strip?: { readonly state: string; readonly rev: number; readonly pending: number; readonly age: string };
}

/** Reads the numbers that are on the screen now. */
export async function readScreen(page: Page): Promise<Screen> {
  const tiles = await page
    .locator('[data-testid^=tile-value-]')
    .evaluateAll((all) => all.map((one) => [one.dataset.testid ?? '', one.textContent ?? ''] as const));
  const areas = await page
    .getByTestId('map-areas')
    .locator('button')
    .evaluateAll((all) => all.map((one) => [one.dataset.name ?? '', one.dataset.value ?? ''] as const));
  const total = page.getByTestId('queue-total');
  return {
    ...(tiles.length > 0 && {
      tiles: Object.fromEntries(tiles.map(([id, text]) => [id.slice('tile-value-'.length), numberOrNull(text)])),
    }),
    ...((await total.count()) > 0 && { queueTotal: numberIn(await textOf(page, 'queue-total')) }),
    ...(areas.length > 0 && { areas: Object.fromEntries(areas.map(([name, text]) => [name, numberOrNull(text)])) }),
    strip: {
      state: (await page.getByTestId('sync-dot').getAttribute('data-state')) ?? '',
      rev: numberIn(await textOf(page, 'sync-rev')),
      pending: numberIn(await textOf(page, 'sync-pending')),
      age: await textOf(page, 'sync-age'),
    },
  };
}

/** The numbers that must stand still before a picture is taken; the strip counts on. */
export function settledPart({ tiles, queueTotal, areas }: Screen): string {
  return JSON.stringify([tiles, queueTotal, areas]);
}

export async function textOf(page: Page, testId: string): Promise<string> {
  return (await page.getByTestId(testId).textContent())?.trim() ?? '';
}

/** A number as the screen prints it: thousands separated, perhaps a unit behind. Not a number where none is printed. */
export function numberIn(text: string): number {
  return Number.parseFloat(text.replaceAll(/[^0-9.]/g, ''));
}

function numberOrNull(text: string): number | null {
  const n = numberIn(text);
  return Number.isNaN(n) ? null : n;
}
