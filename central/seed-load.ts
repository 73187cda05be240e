import type { Pool } from 'pg';
import type { SyncRow, SyncTable } from '../shared/protocol/tables.ts';
import { syncTableNames } from '../shared/protocol/tables.ts';
import { type NewAccount, putAccounts } from './db/accounts.ts';
import { beginBulkLoad, learnSizes, rememberReceipts } from './db/bulk-load.ts';
import { inRevision } from './db/in-revision.ts';
import { putIntakeKey } from './db/intake-keys.ts';
import { readMeta } from './db/meta.ts';

/** Rows of the seed, table by table; a generator keeps a million cases out of memory. */
export type SeedRows = Iterable<{ table: SyncTable; rows: readonly SyncRow<SyncTable>[] }>;
export interface SeedInput {
  chunks: SeedRows;
  accounts: readonly NewAccount[];
  intakeKeys: readonly { source: string; key: string }[];
}
export interface SeedProgress {
  rows: number;
  seconds: number;
}

const tellEveryMs = 1000;

/**
 * Loads a seed set into an empty database as revision 1, in one transaction: whole or not at all. `tell` hears of progress about once a second.
 * Throws when the database holds data.
 */
export async function loadSeed(
  pool: Pool,
  seed: SeedInput,
  tell: (progress: SeedProgress) => void,
): Promise<SeedProgress> {
  const started = performance.now();
  const progress: SeedProgress = { rows: 0, seconds: 0 };
  let told = started;
  await inRevision(pool, async (revision) => {
    if (revision.rev !== 1) throw new Error('the database holds data already: a seed set goes into an empty one');
    await beginBulkLoad(revision);
    for (const { table, rows } of seed.chunks) {
      await revision.upsert(table, rows);
      progress.rows += rows.length;
      progress.seconds = (performance.now() - started) / 1000;
      if (performance.now() - told < tellEveryMs) continue;
      told = performance.now();
      tell({ ...progress });
    }
    await rememberReceipts(revision);
    await putAccounts(revision.client, seed.accounts);
    for (const { source, key } of seed.intakeKeys) await putIntakeKey(revision.client, key, source);
  });
  await learnSizes(pool);
  progress.seconds = (performance.now() - started) / 1000;
  return progress;
}

/** Whether nothing has ever been stored. */
export async function isEmpty(pool: Pool): Promise<boolean> {
  return (await readMeta(pool)).rev === 0;
}

const chunkRows = 5000;

/** The tables of a set in memory as chunks, in the order of the snapshot. */
export function* chunksOf(tables: { [T in SyncTable]: readonly SyncRow<T>[] }): SeedRows {
  for (const table of syncTableNames)
    for (let start = 0; start < tables[table].length; start += chunkRows)
      yield { table, rows: tables[table].slice(start, start + chunkRows) };
}
