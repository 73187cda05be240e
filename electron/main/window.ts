import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, BrowserWindow, type Rectangle, type Session, screen } from 'electron';
import { z } from 'zod';
import type { Preferences } from '../../shared/ipc/contract.ts';
import { appOrigin, indexUrl } from './app-files.ts';

const surface: Record<Preferences['theme'], string> = { dark: '#11151a', light: '#f3f5f7' };
const placeSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1280),
  height: z.int().min(720),
  maximized: z.boolean(),
});
const home = { width: 1920, height: 1080 };

/** The one window: sandboxed, goes nowhere, opens nothing, asks for nothing, and comes back where it was left. */
export function createWindow(userData: string, preload: string, preferences: Preferences): BrowserWindow {
  const place = readPlace(join(userData, 'window.json'));
  const area = screen.getPrimaryDisplay().workAreaSize;
  const window = new BrowserWindow({
    ...(place ?? { width: Math.min(home.width, area.width), height: Math.min(home.height, area.height) }),
    minWidth: 1280,
    minHeight: 720,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: surface[preferences.theme],
    title: app.getName(),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
    },
  });
  if (place?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    const rect = window.getNormalBounds();
    writeFileSync(join(userData, 'window.json'), JSON.stringify({ ...rect, maximized: window.isMaximized() }));
  });
  // The page's title would be the file's name.
  window.on('page-title-updated', (event) => event.preventDefault());
  return window;
}

/** Holds for every page that could ever be made, not only for ours. */
export function lockNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (event.url !== indexUrl) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

/** Camera, place, notifications, clipboard, devices: the page gets none of them. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
}

/** Whether a message came from the main frame of our own page. */
export function isOurPage(frame: Electron.WebFrameMain | null, window: BrowserWindow | null): boolean {
  if (!frame || !window || window.isDestroyed()) return false;
  return frame === window.webContents.mainFrame && frame.origin === appOrigin;
}

/** The place of last time, if a display still shows it. */
function readPlace(file: string): (Rectangle & { maximized: boolean }) | null {
  try {
    const place = placeSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const { workArea } = screen.getDisplayMatching(place);
    const seen =
      place.x < workArea.x + workArea.width - 100 &&
      place.x + place.width > workArea.x + 100 &&
      place.y >= workArea.y - 10 &&
      place.y < workArea.y + workArea.height - 100;
    return seen ? place : null;
  } catch {
    return null;
  }
}
