import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../central/embedded/postgres.ts';
import { openApp } from './local/app.ts';
import { ensureBuild } from './local/build.ts';
import { demoAccount, startCentral } from './local/central.ts';
import { Scope } from './local/scope.ts';
import { ensureRuntime } from './provision.ts';
import { projectRoot } from './runtime/places.ts';
import { sayOnTerminal as say, withProgress } from './runtime/progress.ts';
import { ensureDisplay, hasDisplay } from './xvfb.ts';

// npm start: everything from a bare checkout to the open app, and back again.
// CENTRAL_URL names a server to use instead of starting one; XIANYOU_DEMO_USER and XIANYOU_DEMO_PASSWORD sign in there.

const { values, positionals } = parseArgs({ options: { tour: { type: 'boolean' } }, allowPositionals: true });
const tourFolder = values.tour || !hasDisplay() ? resolve(positionals[0] ?? join(projectRoot, 'tour')) : undefined;

const scope = new Scope();
const interrupted = new Promise<'interrupted'>((done) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done('interrupted'));
});

/** All the way up; resolves when the app was closed or the tour has been taken. */
async function main(): Promise<void> {
  const { electronPath } = await ensureRuntime({ say });
  await ensureBuild(say);
  const data = join(projectRoot, '.data');
  await mkdir(data, { recursive: true });
  const userData = join(data, tourFolder ? 'tour' : 'app');
  const env: NodeJS.ProcessEnv = { ...process.env, ...(await chooseServer(data)), XIANYOU_USER_DATA: userData };
  if (!hasDisplay()) say('No display here: the app runs on a virtual screen (Xvfb) and takes the tour by itself.');
  const display = await ensureDisplay();
  scope.defer(() => display.stop());
  env.DISPLAY = display.display;
  if (tourFolder) {
    // Loaded only for a tour: it brings Playwright along, which takes a second.
    const { runTour } = await import('./tour.ts');
    // A workstation of its own, new each time: the same settings, nothing left over, the first sync included.
    await rm(userData, { recursive: true, force: true });
    await runTour({ electronPath, env, dir: tourFolder, lively: !process.env.CENTRAL_URL }, scope, say);
    say(`The tour's pictures and tour.json are in ${tourFolder}`);
    return;
  }
  say('The app is open. Close it or press Ctrl-C here to stop everything.');
  await openApp(electronPath, env, join(data, 'app.log'), scope);
}

async function chooseServer(data: string): Promise<NodeJS.ProcessEnv> {
  const named = process.env.CENTRAL_URL;
  if (named) {
    say(`Central server: ${named} (named by CENTRAL_URL)`);
    return { XIANYOU_CENTRAL_URL: named };
  }
  const databaseUrl = await startDatabase(join(data, 'postgres'));
  const life = [
    '--seed-if-empty',
    '--anchor',
    'today',
    '--simulate',
    '31/day',
    '--speed',
    '500',
    '--sms-dir',
    join(data, 'sms'),
  ];
  const logFile = join(data, 'central.log');
  const url = await startCentral({ databaseUrl, args: life, logFile }, scope, say);
  say(`Central server: ${url} (started here, log in ${logFile})`);
  return {
    XIANYOU_CENTRAL_URL: url,
    XIANYOU_DEMO_USER: demoAccount.user,
    XIANYOU_DEMO_PASSWORD: demoAccount.password,
  };
}

async function startDatabase(folder: string): Promise<string> {
  const starting = startEmbeddedPostgres(folder);
  // Registered before it is up: an interrupt in between must stop it all the same.
  scope.defer(async () => (await starting.catch(() => undefined))?.close());
  const { databaseUrl } = await withProgress(say, 'Starting the local database', () => starting);
  return databaseUrl;
}

let exitCode = 0;
try {
  const how = await Promise.race([main(), interrupted]);
  if (how === 'interrupted') say('Stopping …');
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  exitCode = 1;
}
try {
  await scope.close();
} catch (error) {
  say(`Stopping did not go well: ${error instanceof Error ? error.message : String(error)}`);
  exitCode = 1;
}
// A download or build that was interrupted halfway would keep the process alive.
process.exit(exitCode);
