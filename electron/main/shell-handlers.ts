import { app, type BrowserWindow, ipcMain, shell as system } from 'electron';
import { Failure, type FailureShape, shapeOfFailure } from '../../shared/errors.ts';
import { shellChannel } from '../../shared/ipc/channels.ts';
import { type ShellArgs, type ShellHandlers, type ShellName, shell } from '../../shared/ipc/contract.ts';
import type { HealedNotice } from '../../shared/ipc/worker.ts';
import type { CrashReporter } from './crash-report.ts';
import { handToTelephone } from './dial.ts';
import type { Log } from './log.ts';
import type { Marks } from './marks.ts';
import type { PreferenceStore } from './preferences.ts';
import { isOurPage } from './window.ts';
import type { Fatal } from './workers.ts';

export interface ShellParts {
  window(): BrowserWindow | null;
  preferences: PreferenceStore;
  marks: Marks;
  log: Log;
  reporter: CrashReporter;
  serverUrl(): string;
  demo: boolean;
  fatal(): Fatal | null;
  healed(): HealedNotice | null;
  changeServer(serverUrl: string): Promise<void>;
  /** Answers where the old replica is now. */
  setAside(): Promise<string>;
  takeLink(): string | null;
}

function handlersOf(parts: ShellParts): ShellHandlers {
  return {
    launchInfo: async () => ({
      appVersion: app.getVersion(),
      serverUrl: parts.serverUrl(),
      demo: parts.demo,
      preferences: parts.preferences.get(),
      fatal: parts.fatal(),
      healed: parts.healed(),
    }),
    savePreferences: async (preferences) => {
      parts.preferences.save(preferences);
      return {};
    },
    dial: async ({ uri }) => ({ handedOver: await handToTelephone(uri) }),
    setReplicaAside: async () => ({ movedTo: await parts.setAside() }),
    saveServerUrl: async ({ serverUrl }) => {
      await parts.changeServer(serverUrl);
      return {};
    },
    markMoment: async ({ name }) => {
      parts.marks.mark(name);
      return {};
    },
    reportFault: async ({ message, stack }) => {
      parts.reporter.report('page.uncaught', { message, stack });
      return {};
    },
    takeLink: async () => ({ link: parts.takeLink() }),
    relaunch: async () => {
      app.relaunch();
      app.quit();
      return {};
    },
    openLogs: async () => {
      const problem = await system.openPath(parts.log.folder);
      if (problem) throw new Failure('internal', 'no program opens the folder', { detail: parts.log.folder });
      return {};
    },
  };
}

type Answer = { ok: true; value: unknown } | { ok: false; failure: FailureShape };

/** Answers the page's shell calls: only our own frame, only names of the contract, only arguments that parse. Never rejects across the bridge. */
export function answerShellCalls(parts: ShellParts): void {
  const handlers = handlersOf(parts);
  ipcMain.handle(shellChannel, async (event, name: unknown, args: unknown): Promise<Answer> => {
    try {
      if (!isOurPage(event.senderFrame, parts.window())) {
        throw new Failure('notPermitted', 'a shell call came from a frame that is not the desk');
      }
      if (typeof name !== 'string' || !Object.hasOwn(shell, name)) {
        throw new Failure('badArguments', 'no such shell call');
      }
      return { ok: true, value: await callOne(handlers, name as ShellName, args) };
    } catch (error) {
      const failure = shapeOfFailure(error);
      parts.log.warn('shell.failed', { name: typeof name === 'string' ? name.slice(0, 40) : '?', failure });
      return { ok: false, failure };
    }
  });
}

async function callOne<N extends ShellName>(handlers: ShellHandlers, name: N, args: unknown): Promise<unknown> {
  const parsed = shell[name].args.safeParse(args);
  if (!parsed.success) throw new Failure('badArguments', `${name}: ${parsed.error.issues[0]?.message ?? 'refused'}`);
  return handlers[name](parsed.data as ShellArgs<N>);
}
