import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

// The least an Electron app can be: one window of the app's size, one button. What the app's start is measured against.
void app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1920,
    height: 1080,
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadFile(join(import.meta.dirname, 'index.html'));
});
app.on('window-all-closed', () => app.quit());
