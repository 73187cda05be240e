import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, ipcMain, session } from 'electron';
import { launchChanged, linkArrived, portMessages, portsWanted } from '../../shared/ipc/channels.ts';
import type { HealedNotice } from '../../shared/ipc/worker.ts';
import { indexUrl } from './app-files.ts';
import { registerAppScheme, serveApp } from './app-scheme.ts';
import { CrashReporter } from './crash-report.ts';
import { launchConfigOf, savedServerUrl, writeServerUrl } from './launch-config.ts';
import { Links, registerLinks } from './links.ts';
import { Log } from './log.ts';
import { Marks } from './marks.ts';
import { setMenu } from './menu.ts';
import { guardNetwork, silenceChromium } from './network-guard.ts';
import { PreferenceStore } from './preferences.ts';
import { replicaFileOf, setReplicaAside } from './replica-file.ts';
import { SessionStore } from './session-store.ts';
import { answerShellCalls } from './shell-handlers.ts';
import { claimSingleInstance } from './single-instance.ts';
import { watchUpdates } from './updates.ts';
import { createWindow, denyPermissions, isOurPage, lockNavigation } from './window.ts';
import { type Fatal, Workers } from './workers.ts';

const launch = launchConfigOf(process.env);
const marks = new Marks(launch.marksFile);
marks.mark('mainStart');
if (launch.userData !== null) {
  mkdirSync(launch.userData, { recursive: true });
  app.setPath('userData', launch.userData);
}
registerAppScheme();
silenceChromium(!app.isPackaged || launch.updateFeed === null);

let window: BrowserWindow | null = null;
const links = new Links(process.argv, () => window?.webContents.send(linkArrived));
const isFirst = claimSingleInstance((argv) => {
  links.offer(argv);
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
});
if (isFirst) {
  // Not awaited: the app is ready only after this module has been evaluated.
  void app.whenReady().then(start);
} else {
  app.quit();
}

function start(): void {
  marks.mark('appReady');
  const userData = app.getPath('userData');
  const out = import.meta.dirname;
  const log = new Log(userData);
  const reporter = new CrashReporter(userData, log);
  reporter.watchProcess();
  const preferences = new PreferenceStore(userData);
  const sessions = new SessionStore(userData, log);
  let serverUrl = launch.serverUrl || savedServerUrl(userData);
  let fatal: Fatal | null = null;
  let healed: HealedNotice | null = null;

  const workers = new Workers(
    out,
    () => ({
      replicaFile: replicaFileOf(userData),
      serverUrl,
      workstation: launch.workstation,
      demo: launch.demo,
      session: sessions.load(),
    }),
    {
      port: (kind, port) => window?.webContents.postMessage(portMessages[kind], null, [port]),
      session: (value) => sessions.save(value),
      fatal: (failure) => {
        if (fatal === failure) return;
        fatal = failure;
        window?.webContents.send(launchChanged);
      },
      healed: (notice) => {
        healed = notice;
        window?.webContents.send(launchChanged);
      },
    },
    log,
  );
  workers.start();

  registerLinks(links);
  lockNavigation();
  denyPermissions(session.defaultSession);
  guardNetwork(session.defaultSession, launch.requestLog);
  serveApp(session.defaultSession, join(out, '../renderer'), () => preferences.get());
  ipcMain.on(portsWanted, (event) => {
    if (!isOurPage(event.senderFrame, window)) return;
    workers.connectPage();
    marks.mark('portsHanded');
  });
  answerShellCalls({
    window: () => window,
    preferences,
    marks,
    log,
    reporter,
    serverUrl: () => serverUrl,
    demo: launch.demo !== null,
    fatal: () => fatal,
    healed: () => healed,
    takeLink: () => links.take(),
    changeServer: async (address) => {
      await workers.stop();
      serverUrl = address.replace(/\/+$/, '');
      writeServerUrl(userData, serverUrl);
      sessions.save(null);
      fatal = null;
      workers.start();
      window?.webContents.reload();
    },
    setAside: async () => {
      await workers.stop();
      const movedTo = setReplicaAside(userData, new Date());
      log.info('replica.setAside', { movedTo });
      fatal = null;
      workers.start();
      window?.webContents.reload();
      return movedTo;
    },
  });

  window = createWindow(userData, join(out, '../preload/index.cjs'), preferences.get());
  reporter.watchWindow(window);
  void window.loadURL(indexUrl);
  marks.mark('windowCreated');
  window.on('closed', () => {
    window = null;
  });
  app.on('before-quit', () => workers.letGo());
  app.on('window-all-closed', () => void workers.stop().then(() => app.quit()));
  setMenu(preferences.get().locale, log.folder);
  log.info('started', { version: app.getVersion(), electron: process.versions.electron });
  void watchUpdates(launch.updateFeed, log);
}
