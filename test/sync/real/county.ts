import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { inRevision } from '../../../central/db/in-revision.ts';
import { readMeta } from '../../../central/db/meta.ts';
import { createPool } from '../../../central/db/pool.ts';
import { createLogger } from '../../../central/logger.ts';
import { seedAccounts } from '../../../central/seed/accounts.ts';
import { sideFileOf } from '../../../electron/db/side-file/side-file.ts';
import { FaultProxy } from '../../builders/fault-proxy.ts';
import { startTestPostgres, type TestPostgres } from '../../builders/postgres.ts';
import { openCase } from '../../builders/small-county.ts';
import { CentralProcess } from './central-process.ts';
import { DeskStore } from './desk-process.ts';

/** Accounts of the desks: two dispatchers. */
export const accounts = seedAccounts.filter(({ role }) => role === 'dispatcher');

/** What all runs share: the database, the central server's process, a proxy a desk, synchronised files to begin with, processes in store. */
export class RealCounty {
  readonly folder = mkdtempSync(join(tmpdir(), 'xianyou-real-'));
  readonly pool: Pool;
  readonly central: CentralProcess;
  readonly proxies: readonly FaultProxy[];
  readonly store: DeskStore;
  /** Lines that processes wrote of their troubles, the newest last. */
  readonly troubles: string[] = [];
  persons: string[] = [];
  private readonly postgres: TestPostgres;
  private place: { villageCode: string; townCode: string } = { villageCode: '', townCode: '' };
  private cases = 0;

  private constructor(postgres: TestPostgres, url: string, cases: number, proxies: readonly FaultProxy[]) {
    this.postgres = postgres;
    this.pool = createPool(url, createLogger('silent'));
    this.central = new CentralProcess(url, cases);
    this.proxies = proxies;
    this.store = new DeskStore(3, (line) => {
      this.troubles.push(line);
      if (this.troubles.length > 500) this.troubles.shift();
    });
  }

  static async open(cases: number): Promise<RealCounty> {
    const postgres = await startTestPostgres();
    const proxies = await Promise.all(accounts.map(() => FaultProxy.listen()));
    const county = new RealCounty(postgres, await postgres.database(), cases, proxies);
    try {
      await county.startCentral();
      await county.prepare();
    } catch (error) {
      await county.close();
      throw error;
    }
    return county;
  }

  async startCentral(): Promise<void> {
    await this.central.start();
    for (const proxy of this.proxies) proxy.target = this.central.url;
  }

  async rev(): Promise<number> {
    return (await readMeta(this.pool)).rev;
  }

  /** New open cases of a village, as an intake would bring them. */
  async takeIn(count: number): Promise<string[]> {
    const rows = Array.from({ length: count }, () => {
      this.cases += 1;
      return {
        ...openCase(`real-${String(this.cases).padStart(5, '0')}`),
        ...this.place,
        dispatchState: 'auto' as const,
      };
    });
    await inRevision(this.pool, (revision) => revision.upsert('case', rows));
    return rows.map(({ id }) => id);
  }

  /** A copy of a synchronised file for the desk of that number, with the side file of its outbox; nobody is signed in. */
  copyFor(desk: number, name: string): string {
    const [from, file] = [this.baseFile(desk), join(this.folder, `${name}.db`)];
    copyFileSync(from, file);
    if (existsSync(sideFileOf(from))) copyFileSync(sideFileOf(from), sideFileOf(file));
    return file;
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.central.kill('SIGTERM');
    for (const proxy of this.proxies) await proxy.close();
    await this.pool.end();
    await this.postgres.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private baseFile(desk: number): string {
    return join(this.folder, `base-${desk}.db`);
  }

  private async prepare(): Promise<void> {
    const village = await this.pool.query<{ id: string; town_code: string }>(
      'SELECT id, town_code FROM village LIMIT 1',
    );
    const [first] = village.rows;
    if (!first) throw new Error('the county has no village');
    this.place = { villageCode: first.id, townCode: first.town_code };
    const people = await this.pool.query<{ id: string }>(
      'SELECT id FROM person WHERE phone IS NOT NULL ORDER BY id LIMIT 8',
    );
    this.persons = people.rows.map(({ id }) => id);
    for (const [n, account] of accounts.entries()) {
      const child = await this.store.take();
      const file = this.baseFile(n);
      await child.ask({ t: 'open', file, url: this.central.url, account, workstation: 'base', seed: 1 });
      if (!(await child.until(({ status }) => status.state === 'live', 60_000)))
        throw new Error('a first replica could not be synchronised');
      await child.ask({ t: 'close' });
      this.store.put(child);
      rmSync(`${file}.session`, { force: true });
    }
  }
}
