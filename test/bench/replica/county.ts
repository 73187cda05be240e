import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { createPool } from '../../../central/db/pool.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../central/embedded/postgres.ts';
import { createLogger } from '../../../central/logger.ts';
import { sideFileOf } from '../../../electron/db/side-file/side-file.ts';
import { startCentral } from '../../../scripts/local/central.ts';
import { Scope } from '../../../scripts/local/scope.ts';
import type { Say } from '../../../scripts/runtime/progress.ts';

/** Instant that both counties are built around. */
export const anchor = Date.UTC(2023, 7, 21, 12);
/** As-of instant of everything asked: later than any change of this run, so that "open" is what it is on a desk. */
export const asOf = anchor + 3_600_000;

/** One county: its central server, and a pool on its database for what only the server may do. */
export interface BenchCounty {
  cases: number;
  url: string;
  pool: Pool;
}

const life = (folder: string) => {
  const at = new Date(anchor).toISOString();
  return ['--anchor', at, '--clock-start', at, '--sms-dir', join(folder, 'sms'), '--log-level', 'warn'];
};

/** A PostgreSQL in `folder` for the run's counties, as durable as shipped. One that lies there from another run is used again. */
export async function openPostgres(folder: string, scope: Scope): Promise<EmbeddedPostgres> {
  await mkdir(folder, { recursive: true });
  const starting = startEmbeddedPostgres(join(folder, 'postgres'));
  scope.defer(async () => (await starting.catch(() => undefined))?.close());
  return starting;
}

/** The county `name` of the seed generator with `cases` cases behind its own central server; made when it is not there yet. */
export async function openCounty(
  postgres: EmbeddedPostgres,
  folder: string,
  county: { name: string; cases: number },
  scope: Scope,
  say: Say,
): Promise<BenchCounty> {
  const databaseUrl = await postgres.createDatabase(county.name);
  const logFile = join(folder, 'central.log');
  const seeding = new Scope();
  scope.defer(() => seeding.close());
  say(`County ${county.name}: ${county.cases} cases …`);
  // Seeded by a server that is stopped again: what is measured has not just generated a county.
  const seed = ['--seed-if-empty', '--cases', String(county.cases), ...life(folder)];
  await startCentral({ databaseUrl, args: seed, logFile }, seeding, say);
  await seeding.close();
  const pool = createPool(databaseUrl, createLogger('silent'));
  scope.defer(() => pool.end());
  const url = await startCentral({ databaseUrl, args: life(folder), logFile }, scope, say);
  const found = await pool.query<{ cases: number }>('SELECT count(*) AS cases FROM cases');
  return { cases: found.rows[0]?.cases ?? 0, url, pool };
}

/** A replica's file and what may lie beside it. */
export async function removeReplica(file: string): Promise<void> {
  for (const one of [file, `${file}-wal`, `${file}-shm`, `${file}.lock`, sideFileOf(file)])
    await rm(one, { force: true });
}

/** Copy of a replica that nobody has open. */
export async function copyReplica(from: string, to: string): Promise<void> {
  await removeReplica(to);
  await copyFile(from, to);
}
