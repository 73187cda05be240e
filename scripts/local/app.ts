import { projectRoot } from '../runtime/places.ts';
import type { Say } from '../runtime/progress.ts';
import { startChild } from './child.ts';
import type { Scope } from './scope.ts';

/** Arguments for Electron: our folder and, as root, what Chromium demands there. Packaged apps never run like this. */
export function electronArguments(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox', projectRoot] : [projectRoot];
}

/** Opens the app and resolves with its exit code when it has been closed. `scope` closes it. */
export async function openApp(
  electronPath: string,
  env: NodeJS.ProcessEnv,
  scope: Scope,
  say: Say,
): Promise<number | NodeJS.Signals> {
  const child = startChild(electronPath, electronArguments(), { cwd: projectRoot, env, onStderr: say, onStdout: say });
  scope.defer(() => child.stop('SIGTERM'));
  return child.ended;
}
