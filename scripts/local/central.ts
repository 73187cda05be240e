import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { projectRoot } from '../runtime/places.ts';
import { type Say, withProgress } from '../runtime/progress.ts';
import { startChild } from './child.ts';
import type { Scope } from './scope.ts';

/** The account that the seed set makes for trying the app. */
export const demoAccount = { user: 'dispatcher', password: 'xianyou-demo' } as const;

export interface CentralOptions {
  readonly databaseUrl: string;
  /** Further arguments of central/main.ts. */
  readonly args: readonly string[];
  /** Its log is written here. */
  readonly logFile: string;
}

/** Starts the central server of this checkout on a free port; resolves with its address when it answers. `scope` stops it. */
export async function startCentral(options: CentralOptions, scope: Scope, say: Say): Promise<string> {
  const log = createWriteStream(options.logFile, { flags: 'a' });
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const main = join(projectRoot, 'central', 'main.ts');
  const args = ['--import', tsx, main, '--database-url', options.databaseUrl, '--port', '0', ...options.args];
  const words: string[] = [];
  return withProgress(say, 'Starting the central server', (detail) => {
    return new Promise<string>((resolve, reject) => {
      let listening = false;
      const child = startChild(process.execPath, args, {
        cwd: projectRoot,
        env: process.env,
        onStdout: (line) => {
          log.write(`${line}\n`);
          const address = addressIn(line);
          if (!address) return;
          listening = true;
          resolve(address);
        },
        onStderr: (line) => {
          log.write(`${line}\n`);
          words.push(line);
          if (words.length > 20) words.shift();
          if (!listening) detail(wordsOf(line).slice(0, 100));
        },
      });
      let stopping = false;
      scope.defer(async () => {
        stopping = true;
        await child.stop('SIGTERM');
      });
      void child.ended.then((how) => {
        log.end();
        const last = words.slice(-5).join('\n');
        if (!listening) reject(new Error(`The central server ended (${how}):\n${last}`));
        else if (!stopping) say(`The central server ended (${how}); the app goes on without it.\n${last}`);
      });
    });
  });
}

/** The message of a line of the server's log, which is JSON. */
function wordsOf(line: string): string {
  if (!line.startsWith('{')) return line;
  const { msg }: { msg?: string } = JSON.parse(line);
  return msg ?? line;
}

/** The address in the one line by which the server says that it is ready. */
function addressIn(line: string): string | undefined {
  if (!line.startsWith('{"listening"')) return undefined;
  const { listening }: { listening: string } = JSON.parse(line);
  return listening;
}
