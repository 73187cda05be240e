import { describe, expect, it } from 'vitest';

const css = await readTokens();

/** The page's types know no file system; the tests run where there is one. */
async function readTokens(): Promise<string> {
  const name = 'node:fs/promises';
  const { readFile } = (await import(/* @vite-ignore */ name)) as {
    readFile(file: URL, coding: string): Promise<string>;
  };
  return readFile(new URL('./tokens.css', import.meta.url), 'utf8');
}

const tokensOf = (theme: string): Map<string, string> => {
  const block = css.slice(css.indexOf(`"${theme}"]`)).split('}')[0] ?? '';
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
};
const luminance = (hex: string): number => {
  const part = (at: number): number => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
};
const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
const words = [
  'text',
  'text-secondary',
  'text-muted',
  'accent',
  'overdue',
  'due-soon',
  'risk',
  'ok',
  'pending',
  'offline',
];
const planes = ['surface', 'surface-raised', 'surface-hover', 'sea'];

describe.each(['dark', 'light'])('the %s theme', (name) => {
  const tokens = tokensOf(name);
  const of = (key: string): string => tokens.get(key) ?? expect.fail(`no token ${key}`);

  it('can be read: every text colour keeps 4.5 : 1 on every surface', () => {
    for (const word of words) {
      for (const plane of planes) {
        expect(contrast(of(word), of(plane)), `${word} on ${plane}`).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('shows where controls end: their line keeps 3 : 1, and their label 4.5 : 1 on the accent', () => {
    for (const plane of planes) expect(contrast(of('line-strong'), of(plane)), plane).toBeGreaterThanOrEqual(3);
    expect(contrast(of('on-accent'), of('accent-fill'))).toBeGreaterThanOrEqual(4.5);
  });
});
