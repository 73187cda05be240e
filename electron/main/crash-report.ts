import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow } from 'electron';
import { appOrigin, indexUrl } from './app-files.ts';
import type { Log } from './log.ts';

const crowdedMs = 60_000;
const mostReloads = 3;

/** Leaves a local report of each fault; nothing is sent anywhere. */
export class CrashReporter {
  private readonly folder: string;
  private readonly log: Log;
  private count = 0;

  constructor(userData: string, log: Log) {
    this.folder = join(userData, 'crash-reports');
    this.log = log;
  }

  report(kind: string, details: Record<string, unknown>): void {
    this.log.warn('fault', { kind });
    // A fault that repeats for ever must not fill the disk.
    if (++this.count > 50) return;
    const at = new Date().toISOString();
    try {
      mkdirSync(this.folder, { recursive: true });
      const file = join(this.folder, `${at.replaceAll(/[:.]/g, '-')}-${this.count}.json`);
      const versions = { app: app.getVersion(), electron: process.versions.electron, platform: process.platform };
      writeFileSync(file, JSON.stringify({ at, kind, ...details, versions }, null, 2));
    } catch {
      // The log has its line; there is no better place left.
    }
  }

  /** Faults of this process are written down and the app goes on: the page and the workers are processes of their own. */
  watchProcess(): void {
    process.on('uncaughtException', (error) => this.report('main.uncaughtException', { stack: error.stack }));
    process.on('unhandledRejection', (reason) => {
      this.report('main.unhandledRejection', { stack: reason instanceof Error ? reason.stack : String(reason) });
    });
  }

  /** A page that dies is loaded again and says so; one that keeps dying gives way to a plain page with a way back. */
  watchWindow(window: BrowserWindow): void {
    let recent: number[] = [];
    window.webContents.on('render-process-gone', (_event, details) => {
      if (details.reason === 'clean-exit') return;
      this.report('page.gone', { reason: details.reason, exitCode: details.exitCode });
      const now = performance.now();
      recent = [...recent.filter((at) => now - at < crowdedMs), now];
      // In the event itself the frame is still being taken down.
      setImmediate(() => {
        if (window.isDestroyed()) return;
        void window.loadURL(recent.length > mostReloads ? `${appOrigin}/fault.html` : `${indexUrl}?recovered=1`);
      });
    });
    window.webContents.on('did-fail-load', (_event, code, description, url, isMainFrame) => {
      // −3 is a navigation that was refused or replaced.
      if (!isMainFrame || code === -3) return;
      this.report('page.failedLoad', { code, description, url });
      if (url !== `${appOrigin}/fault.html`) void window.loadURL(`${appOrigin}/fault.html`);
    });
    window.on('unresponsive', () => this.report('page.unresponsive', {}));
  }
}
