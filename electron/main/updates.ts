import { app } from 'electron';
import type { Log } from './log.ts';

const everyMs = 4 * 3_600_000;

/** Looks for updates of an installed app where a feed is configured; they are installed when the app is closed, never under the operator's hands. */
export async function watchUpdates(feed: string | null, log: Log): Promise<void> {
  if (!app.isPackaged || feed === null) return;
  const { default: updater } = await import('electron-updater');
  const { autoUpdater } = updater;
  autoUpdater.setFeedURL({ provider: 'generic', url: feed });
  autoUpdater.autoInstallOnAppQuit = true;
  autoUpdater.on('update-downloaded', ({ version }) => log.info('update.downloaded', { version }));
  autoUpdater.on('error', (error) => log.warn('update.failed', { message: error.message }));
  const look = async (): Promise<void> => {
    try {
      await autoUpdater.checkForUpdates();
    } catch (error) {
      log.warn('update.notReached', { message: error instanceof Error ? error.message : 'unknown' });
    }
  };
  setInterval(() => void look(), everyMs).unref();
  await look();
}
