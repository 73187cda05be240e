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

export interface Look {
  readonly screen: Screen;
  /** Why this is no moment for a picture, in words; empty when it is one. */
  readonly unrest: string;
}

type Pairs = (readonly [name: string, text: string])[];

const tileId = 'tile-value-';
const selectors = {
  tiles: `[data-testid^=${tileId}]`,
  areas: '[data-testid=map-areas] button',
  total: '[data-testid=queue-total]',
  dot: '[data-testid=sync-dot]',
  rev: '[data-testid=sync-rev]',
  pending: '[data-testid=sync-pending]',
  age: '[data-testid=sync-age]',
  loading: 'main [aria-busy=true]',
  drawing: '[data-testid=map-canvas]:not([data-idle])',
} as const;

interface Element {
  readonly text: string;
  readonly data: Readonly<Record<string, string | undefined>>;
}

/** Reads the numbers that are on the screen now, all in one moment. */
export async function lookAt(page: Page): Promise<Look> {
  // No named function in here: the bundler would decorate it with a helper that the page does not have.
  const found = await page.locator('body').evaluate(
    (body, all) =>
      all.map((selector) =>
        [...body.querySelectorAll(selector)].map((one) => ({
          text: one.textContent.trim(),
          data: { ...one.dataset },
        })),
      ),
    Object.values(selectors),
  );
  const seen = Object.fromEntries(Object.keys(selectors).map((name, index) => [name, found[index] ?? []])) as Record<
    keyof typeof selectors,
    Element[]
  >;
  const tiles: Pairs = seen.tiles.map(({ text, data }) => [(data.testid ?? '').slice(tileId.length), text]);
  const areas: Pairs = seen.areas.map(({ data }) => [data.name ?? '', data.value ?? '']);
  const [total, rev, pending] = [seen.total, seen.rev, seen.pending].map(([one]) => one && numberIn(one.text));
  const unrest = [
    seen.loading.length > 0 && 'lists are loading',
    seen.drawing.length > 0 && 'the map is drawn',
    tiles.some(([, text]) => text === '…') && 'tiles have no number yet',
  ];
  const screen: Screen = {
    ...(tiles.length > 0 && { tiles: numbersOf(tiles) }),
    ...(total !== undefined && { queueTotal: total }),
    ...(areas.length > 0 && { areas: numbersOf(areas) }),
    strip: {
      state: seen.dot[0]?.data.state ?? '',
      rev: rev ?? 0,
      pending: pending ?? 0,
      age: seen.age[0]?.text ?? '',
    },
  };
  return { screen, unrest: unrest.filter(Boolean).join(', ') };
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

function numbersOf(pairs: Pairs): Record<string, number | null> {
  return Object.fromEntries(
    pairs.map(([name, text]) => {
      const n = numberIn(text);
      return [name, Number.isNaN(n) ? null : n];
    }),
  );
}
