import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../central/embedded/postgres.ts';

export interface TestPostgres {
  /** A new empty database of its own; gives its address. */
  database(): Promise<string>;
  close(): Promise<void>;
}

/** A real PostgreSQL in a temporary folder. Without fsync: tests survive no power cut. */
export async function startTestPostgres(): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'xianyou-postgres-'));
  const server = await startEmbeddedPostgres(folder, ['fsync=off', 'shared_buffers=64MB']);
  let made = 0;
  return {
    database: () => {
      made += 1;
      return server.createDatabase(`test_${made}`);
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
