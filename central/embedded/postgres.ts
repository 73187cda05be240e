import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { launchAs, postgresAccount, type RunAs } from './accounts.ts';
import { postgresBinaries } from './binaries.ts';

export interface EmbeddedPostgres {
  /** Of the database `xianyou`. */
  databaseUrl: string;
  /** Makes an empty database of this name and gives its address. */
  createDatabase(name: string): Promise<string>;
  close(): Promise<void>;
}

const user = 'xianyou';
const database = 'xianyou';

/**
 * Starts a PostgreSQL with its data in `folder`, making both if they are not there. A server that a killed process left running on the same folder
 * is taken over. It listens on loopback only, trusting this machine's users: for a county's own data use a real server. `settings`: `name=value`.
 */
export async function startEmbeddedPostgres(
  folder: string,
  settings: readonly string[] = [],
): Promise<EmbeddedPostgres> {
  const data = resolve(folder);
  const account = await postgresAccount();
  const binaries = postgresBinaries();
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(binaries.initdb, data, account);
  const found = runningOn(data);
  const server = found ?? (await launch(binaries.postgres, data, account, settings));
  const urlOf = (name: string) => `postgres://${user}@127.0.0.1:${server.port}/${name}`;
  await untilReady(urlOf('postgres'));
  await createDatabase(urlOf('postgres'), database);
  return {
    databaseUrl: urlOf(database),
    async createDatabase(name) {
      await createDatabase(urlOf('postgres'), name);
      return urlOf(name);
    },
    close: () => stop(server),
  };
}

interface Server {
  pid: number;
  port: number;
  child: ChildProcess | null;
}

async function initialise(initdb: string, data: string, account: RunAs | null): Promise<void> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (account) chownSync(data, account.uid, account.gid);
  const options = [
    `--pgdata=${data}`,
    `--username=${user}`,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ];
  const { program, args, ids } = launchAs(account, data, initdb, options);
  const child = spawn(program, args, { ...ids, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw new Error(`the database folder could not be made (initdb, code ${code}): ${words.trim().slice(-500)}`);
}

/** The server that already runs on this folder, if any. */
function runningOn(data: string): Server | null {
  const file = join(data, 'postmaster.pid');
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  return pid > 0 && port > 0 && isPostgres(pid) ? { pid, port, child: null } : null;
}

/** Whether the process lives and, where the system tells, is a postgres: process numbers are used again after a restart. */
function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const line = `/proc/${pid}/cmdline`;
    return !existsSync('/proc/self') || readFileSync(line, 'utf8').includes('postgres');
  } catch {
    return false;
  }
}

async function launch(
  postgres: string,
  data: string,
  account: RunAs | null,
  settings: readonly string[],
): Promise<Server> {
  const port = await freePort();
  const log = join(data, 'server.log');
  writeFileSync(log, '', { mode: 0o600 });
  if (account) chownSync(log, account.uid, account.gid);
  const base = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'logging_collector=on',
    'log_filename=server.log',
  ];
  const flags = [...base, 'log_directory=.', ...settings].flatMap((setting) => ['-c', setting]);
  // Detached: Ctrl-C in the terminal reaches us, and we stop the database last, when requests are done.
  const command = ['-D', data, '-p', String(port), ...flags];
  const { program, args, ids } = launchAs(account, data, postgres, command);
  const child = spawn(program, args, {
    ...ids,
    detached: true,
    stdio: 'ignore',
  });
  await once(child, 'spawn');
  child.unref();
  return { pid: child.pid ?? 0, port, child };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

const readyWithinMs = 30_000;

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error('PostgreSQL does not answer; see server.log in its folder', { cause: error });
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }
}

async function createDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const known = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (known.rows.length === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** Fast shutdown: connections are closed, everything committed is kept. */
async function stop(server: Server): Promise<void> {
  const gone = server.child && server.child.exitCode === null ? once(server.child, 'exit') : null;
  try {
    process.kill(server.pid, 'SIGINT');
  } catch {
    return;
  }
  if (gone) {
    // Only the server may be left to wait for: without this the process would end here, before the server does.
    server.child?.ref();
    await gone;
  } else while (isPostgres(server.pid)) await new Promise((wake) => setTimeout(wake, 50));
}
