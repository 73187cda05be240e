import { vi } from 'vitest';
import { z } from 'zod';
import type * as CentralMigrations from '../../central/db/migrations/list.ts';
import type * as Migrate from '../../electron/db/migrations/migrate.ts';
import type * as Tables from '../../shared/protocol/tables.ts';

/** Of the next version: cases have a heat, and notices are synchronised too. */
const heat = z.object({ heat: z.int().nullable().default(null) });
const leaflet = z.object({ id: z.string(), rev: z.int(), text: z.string(), pinned: z.boolean() });

/** Server and workstation as a next version of the program would be, beside those of this one. Call once a test file. */
export async function newerProgram() {
  vi.resetModules();
  vi.doMock('../../shared/protocol/tables.ts', async (original) => {
    const now = await original<typeof Tables>();
    const shapes = {
      ...now.syncTables,
      case: now.syncTables.case.extend(heat.shape),
      leaflet,
    } as unknown as typeof now.syncTables;
    const columnsOf = (table: Tables.SyncTable) =>
      Object.entries(shapes[table].shape).map(([key, schema]) => now.columnOf(key, schema));
    return { ...now, syncTables: shapes, syncTableNames: Object.keys(shapes), columnsOf };
  });
  vi.doMock('../../central/db/migrations/list.ts', async (original) => {
    const { migrations } = await original<typeof CentralMigrations>();
    const sql = `ALTER TABLE cases ADD COLUMN heat bigint;
      CREATE TABLE leaflet (id text COLLATE "C" PRIMARY KEY, rev bigint NOT NULL, text text NOT NULL, pinned boolean NOT NULL);
      CREATE INDEX leaflet_rev ON leaflet (rev, id);`;
    return { migrations: [...migrations, { version: 9000, sql }] };
  });
  vi.doMock('../../electron/db/migrations/migrate.ts', async (original) => {
    const now = await original<typeof Migrate>();
    const { adoptColumns } = await import('../../electron/db/migrations/adopt-columns.ts');
    const sql = `${adoptColumns('case', ['heat'])}
      CREATE TABLE leaflet (id TEXT PRIMARY KEY, rev INTEGER NOT NULL, text TEXT NOT NULL, pinned INTEGER NOT NULL, extra TEXT) STRICT;`;
    const steps = [...now.migrations, { version: 9000, sql }];
    return { ...now, migrations: steps, newestVersion: 9000, migrate: (handle: never) => now.migrate(handle, steps) };
  });
  const server = await import('../../central/server.ts');
  const seed = await import('../../central/prepare-seed.ts');
  const revisions = await import('../../central/db/in-revision.ts');
  const { Workstation } = await import('./workstation.ts');
  vi.doUnmock('../../shared/protocol/tables.ts');
  vi.doUnmock('../../central/db/migrations/list.ts');
  vi.doUnmock('../../electron/db/migrations/migrate.ts');
  vi.resetModules();
  return {
    createCentral: server.createCentral,
    seedIfEmpty: seed.seedIfEmpty,
    inRevision: revisions.inRevision,
    Workstation,
  };
}
