import { appendFileSync } from 'node:fs';
import { app, type Session } from 'electron';
import { appOrigin } from './app-files.ts';

/** Chromium's own traffic (component updates, field trials, hints, spelling) is switched off; must run before the app is ready. */
export function silenceChromium(resolveNoHost: boolean): void {
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-sync',
    'disable-breakpad',
    'no-pings',
    'no-first-run',
  ]) {
    app.commandLine.appendSwitch(name);
  }
  app.commandLine.appendSwitch(
    'disable-features',
    'OptimizationHints,OptimizationGuideModelDownloading,MediaRouter,DialMediaRouteProvider,Translate,AutofillServerCommunication',
  );
  // The page needs no host at all: the writer talks to the central server from its own process. Only the updater uses Chromium's network.
  if (resolveNoHost) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** Whether a request of the page stays on this machine. Developer tools count only where they can be opened. */
export function isLocalRequest(address: string, developer: boolean): boolean {
  if (address.startsWith(`${appOrigin}/`)) return true;
  if (/^(data|blob):/.test(address)) return true;
  return developer && /^(devtools|chrome-devtools):/.test(address);
}

/** Blocks every request that leaves the machine. With `logFile` each attempt to load something is noted there as a JSON line. */
export function guardNetwork(session: Session, logFile: string | null): void {
  const developer = !app.isPackaged;
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest((details, decide) => {
    const allowed = isLocalRequest(details.url, developer);
    if (logFile !== null) {
      const { url, method, resourceType } = details;
      const line = {
        at: new Date().toISOString(),
        from: 'page',
        allowed,
        url: url.slice(0, 300),
        method,
        resourceType,
      };
      appendFileSync(logFile, `${JSON.stringify(line)}\n`);
    }
    decide({ cancel: !allowed });
  });
}
