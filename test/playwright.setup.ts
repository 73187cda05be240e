import { ensureBuild } from '../scripts/local/build.ts';
import { ensureRuntime } from '../scripts/provision.ts';
import { sayOnTerminal } from '../scripts/runtime/progress.ts';
import { ensureDisplay } from '../scripts/xvfb.ts';

/** Before the first test: the runtime, a fresh build and a screen. What it returns is undone after the last one. */
export default async function setUp(): Promise<() => Promise<void>> {
  const { electronPath } = await ensureRuntime();
  await ensureBuild(sayOnTerminal);
  const display = await ensureDisplay();
  process.env.ELECTRON_EXEC_PATH = electronPath;
  process.env.DISPLAY = display.display;
  return () => display.stop();
}
