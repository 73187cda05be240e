import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { syncReplica } from '../../scripts/figures/sync.ts';
import { FaultProxy } from './fault-proxy.ts';

const root = resolve(import.meta.dirname, '../..');
/** Monday 2023-08-21 20:00 (+08:00): the instant the seed set is built around. */
export const anchor = Date.UTC(2023, 7, 21, 12, 0, 0);

/**
 * A county's central server for one test: its own database copied from the seeded one, its own process, reached through a proxy that can cut
 * the line. Its clock starts at the anchor and runs on over restarts.
 */
export class County {
  readonly pool: pg.Pool;
  readonly proxy: FaultProxy;
  readonly smsDir = mkdtempSync(join(tmpdir(), 'xianyou-sms-'));
  private readonly databaseUrl: string;
  private readonly startedAt = Date.now();
  private process: ChildProcess | null = null;

  private constructor(databaseUrl: string, proxy: FaultProxy) {
    this.databaseUrl = databaseUrl;
    this.proxy = proxy;
    this.pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  }

  /** Copies the seeded database under `name` and starts a server on it. */
  static async open(name: string): Promise<County> {
    const adminUrl = process.env.XIANYOU_TEST_POSTGRES;
    if (!adminUrl) throw new Error('XIANYOU_TEST_POSTGRES is not set: the global setup starts the database');
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    const database = `county_${name}_${process.pid}`;
    await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    await admin.query(`CREATE DATABASE ${database} TEMPLATE ${seededDatabase}`);
    await admin.end();
    const county = new County(withDatabase(adminUrl, database), await FaultProxy.listen());
    await county.start();
    return county;
  }

  /** Address for workstations: through the proxy. The same before and after a restart. */
  get url(): string {
    return this.proxy.url;
  }

  async start(): Promise<void> {
    const clockStart = new Date(anchor + (Date.now() - this.startedAt)).toISOString();
    const child = startCentral(this.databaseUrl, ['--clock-start', clockStart, '--sms-dir', this.smsDir]);
    this.process = child;
    this.proxy.target = await listeningUrl(child);
  }

  async stop(): Promise<void> {
    const child = this.process;
    if (!child) return;
    this.process = null;
    await stopped(child);
  }

  async close(): Promise<void> {
    await this.stop();
    await this.proxy.close();
    await this.pool.end();
  }

  /** Rows of a question put to the central server's own database. */
  async rows<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.pool.query<T>(text, values)).rows;
  }
}

const seededDatabase = 'county_seeded';

/**
 * Makes the database that every county is a copy of, by starting a central server once to migrate and seed it, and a replica in step with it:
 * a desk that begins with a copy of that is spared the first download.
 */
export async function seedCounty(adminUrl: string, replicaFile: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${seededDatabase}`);
  await admin.end();
  const at = new Date(anchor).toISOString();
  const seed = ['--seed-if-empty', '--anchor', at, '--clock-start', at];
  const child = startCentral(withDatabase(adminUrl, seededDatabase), seed);
  const url = await listeningUrl(child);
  (await syncReplica(replicaFile, url)).close();
  await stopped(child);
}

function startCentral(databaseUrl: string, args: readonly string[]): ChildProcess {
  const all = ['central/main.ts', '--database-url', databaseUrl, '--port', '0', '--log-level', 'warn', ...args];
  const tsx = createRequire(import.meta.url).resolve('tsx');
  return spawn(process.execPath, ['--import', tsx, ...all], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function stopped(child: ChildProcess): Promise<void> {
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  await gone;
}

function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}

/** Waits for the one line by which a central server says where it listens. */
async function listeningUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server has no standard output to listen on');
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const said: unknown = JSON.parse(line);
    if (typeof said === 'object' && said !== null && 'listening' in said) return String(said.listening);
  }
  throw new Error('the central server ended before it listened');
}
