import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ensureDisplay } from './xvfb.ts';

const socketOf = (display: string) => `/tmp/.X11-unix/X${display.slice(1)}`;

describe('the display', () => {
  test('one that is there is used and left alone', async () => {
    const display = await ensureDisplay({ DISPLAY: ':42' });
    expect(display).toMatchObject({ display: ':42', real: true });
    await display.stop();
  });

  test('without one, two virtual screens live side by side and go when stopped', async () => {
    const [one, two] = await Promise.all([ensureDisplay({}), ensureDisplay({})]);
    expect(one.display).not.toBe(two.display);
    expect([existsSync(socketOf(one.display)), existsSync(socketOf(two.display))]).toEqual([true, true]);
    await Promise.all([one.stop(), two.stop()]);
    expect([existsSync(socketOf(one.display)), existsSync(socketOf(two.display))]).toEqual([false, false]);
  });
});
