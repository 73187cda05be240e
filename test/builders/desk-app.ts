import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { virtualScreenArguments } from '../../scripts/xvfb.ts';

const root = resolve(import.meta.dirname, '../..');

export interface DeskOptions {
  centralUrl: string;
  /** Folder of the workstation's replica and settings; a second launch with the same folder is the same workstation. */
  userData?: string;
  workstation?: string;
  demo?: { username: string; password: string } | null;
  /** Folder put first on PATH: where a test's telephone program lies. */
  path?: string;
  env?: Record<string, string>;
  /** More arguments: an address of ours that it is opened with. */
  args?: readonly string[];
}

const attachMs = 30_000;

/**
 * On a busy machine the driver now and then never ends attaching to an app that runs: its workers synchronise, its page is drawn, and the driver waits
 * for a first page it has missed. It ends that app itself when its time is over; another start is then the same test.
 */
async function attached(launch: () => Promise<ElectronApplication>): Promise<ElectronApplication> {
  try {
    return await launch();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
    process.stderr.write('The test driver did not attach; the app is started once more.\n');
    return launch();
  }
}

/** One running desktop app: the real Electron, the built code, a real replica file. */
export class DeskApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;

  private constructor(app: ElectronApplication, page: Page, userData: string) {
    this.app = app;
    this.page = page;
    this.userData = userData;
  }

  static async launch(options: DeskOptions): Promise<DeskApp> {
    const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'xianyou-desk-'));
    const demo = options.demo === undefined ? { username: 'dispatcher', password: 'xianyou-demo' } : options.demo;
    const executablePath = process.env.ELECTRON_EXEC_PATH;
    if (!executablePath)
      throw new Error('ELECTRON_EXEC_PATH is not set: run the tests by npm test, which provides the runtime');
    const env: Record<string, string> = {
      ...(process.env as Record<string, string>),
      XIANYOU_CENTRAL_URL: options.centralUrl,
      XIANYOU_USER_DATA: userData,
      XIANYOU_WORKSTATION: options.workstation ?? 'test-desk',
      XIANYOU_REQUEST_LOG: join(userData, 'requests.jsonl'),
      ...(demo ? { XIANYOU_DEMO_USER: demo.username, XIANYOU_DEMO_PASSWORD: demo.password } : {}),
      ...options.env,
    };
    if (options.path) env.PATH = `${options.path}:${env.PATH}`;
    const app = await attached(() =>
      _electron.launch({
        executablePath,
        args: [root, '--no-sandbox', ...virtualScreenArguments, ...(options.args ?? [])],
        env,
        cwd: root,
        timeout: attachMs,
      }),
    );
    // The window keeps its own size, the whole virtual screen: overriding it while the page loads sometimes never answers.
    const page = await app.firstWindow({ timeout: 60_000 });
    return new DeskApp(app, page, userData);
  }

  /** Every attempt of the page to load something, as the app's own guard saw it. */
  requests(): { url: string; allowed: boolean }[] {
    const text = readFileSync(join(this.userData, 'requests.jsonl'), 'utf8');
    return text
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { url: string; allowed: boolean });
  }

  async close(): Promise<void> {
    await this.app.close();
  }

  /** kill -9 of the app and all its processes: no farewell, as when the power goes. Resolves when they are gone. */
  async kill(): Promise<void> {
    const child: ChildProcess = this.app.process();
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    const pids = await this.app.evaluate(({ app }) => app.getAppMetrics().map((metric) => metric.pid));
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    await gone;
  }
}
