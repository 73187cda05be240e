import { createWriteStream } from 'node:fs';
import { projectRoot } from '../runtime/places.ts';
import { startChild } from './child.ts';
import type { Scope } from './scope.ts';

/** Arguments for Electron: our folder and, as root, what Chromium demands there. Packaged apps never run like this. */
export function electronArguments(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox', projectRoot] : [projectRoot];
}

/**
 * Opens the app and resolves when it has been closed; `scope` closes it. What Electron prints, most of it Chromium about
 * the machine, goes to `logFile`. Throws an Error with its last words when it ended by itself in another way.
 */
export async function openApp(
  electronPath: string,
  env: NodeJS.ProcessEnv,
  logFile: string,
  scope: Scope,
): Promise<void> {
  const log = createWriteStream(logFile, { flags: 'w' });
  const words: string[] = [];
  const write = (line: string) => {
    log.write(`${line}\n`);
    words.push(line);
    if (words.length > 10) words.shift();
  };
  const options = { cwd: projectRoot, env, onStdout: write, onStderr: write };
  const child = startChild(electronPath, electronArguments(), options);
  scope.defer(() => child.stop('SIGTERM'));
  const how = await child.ended;
  log.end();
  if (how !== 0) throw new Error(`The app ended with ${how} (log in ${logFile}):\n${words.join('\n')}`);
}
