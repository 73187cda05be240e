import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../central/embedded/postgres.ts';
import { startCentral } from '../../scripts/local/central.ts';
import { Scope } from '../../scripts/local/scope.ts';
import type { Say } from '../../scripts/runtime/progress.ts';

/** Central servers on one PostgreSQL, made for a measuring and gone with `scope`. Durable settings as shipped: what is measured is the real thing. */
export interface Counties {
  /** Address of a server that holds the seed set filled up to `cases`. */
  large: string;
  /** Address of a server whose county is the same but for its cases: `few` of them. */
  small: string;
  folder: string;
}

const anchor = '2023-08-21T20:00:00+08:00';

export async function openCounties(sizes: { cases: number; few: number }, scope: Scope, say: Say): Promise<Counties> {
  const folder = await mkdtemp(join(tmpdir(), 'xianyou-bench-'));
  scope.defer(() => rm(folder, { recursive: true, force: true }));
  const starting = startEmbeddedPostgres(join(folder, 'postgres'));
  scope.defer(async () => (await starting.catch(() => undefined))?.close());
  const postgres = await starting;
  const logFile = join(folder, 'central.log');
  const life = ['--anchor', anchor, '--clock-start', anchor, '--sms-dir', join(folder, 'sms'), '--log-level', 'warn'];

  say(`Seeding a county of ${sizes.cases} cases …`);
  const seeding = new Scope();
  const seedingUrl = postgres.databaseUrl;
  scope.defer(() => seeding.close());
  const seed = ['--seed-if-empty', '--cases', String(sizes.cases), ...life];
  await startCentral({ databaseUrl: seedingUrl, args: seed, logFile }, seeding, say);
  await seeding.close();

  const smallUrl = await copyOf(seedingUrl, 'small');
  await keepCases(smallUrl, sizes.few);
  const open = (databaseUrl: string) => startCentral({ databaseUrl, args: life, logFile }, scope, say);
  return { large: await open(seedingUrl), small: await open(smallUrl), folder };
}

/** A second database with the same rows. Nobody may be connected to the first. */
async function copyOf(url: string, name: string): Promise<string> {
  const source = new URL(url);
  const admin = new URL(url);
  admin.pathname = '/postgres';
  const client = new pg.Client({ connectionString: admin.toString() });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${client.escapeIdentifier(source.pathname.slice(1))}`);
  await client.end();
  source.pathname = `/${name}`;
  return source.toString();
}

/** Leaves the newest `few` cases and what hangs on them, before anybody has synchronised: no tombstones are needed. */
async function keepCases(url: string, few: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TEMP TABLE kept AS SELECT id FROM cases ORDER BY recorded_at DESC, id LIMIT $1', [few]);
  for (const table of ['case_event', 'call', 'message'])
    await client.query(`DELETE FROM ${table} WHERE case_id NOT IN (SELECT id FROM kept)`);
  await client.query('DELETE FROM cases WHERE id NOT IN (SELECT id FROM kept)');
  await client.query('VACUUM ANALYZE');
  await client.end();
}
