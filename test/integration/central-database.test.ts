import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsInSql } from '../../central/db/figures.ts';
import { DatabaseTooNew, migrate } from '../../central/db/migrate.ts';
import { migrations } from '../../central/db/migrations/list.ts';
import { createPool } from '../../central/db/pool.ts';
import { selectRows } from '../../central/db/rows.ts';
import { sqlTable, sqlTypes } from '../../central/db/tables.ts';
import { createLogger } from '../../central/logger.ts';
import { seedIfEmpty } from '../../central/prepare-seed.ts';
import { seedChunks } from '../../central/seed/generate.ts';
import { countyScope } from '../../shared/model/case-filter.ts';
import { counted, countMetricNames, countMetrics } from '../../shared/model/metrics/dictionary.ts';
import { holds } from '../../shared/model/metrics/predicate.ts';
import { columnsOf, type SyncRow, type SyncTable, syncTableNames } from '../../shared/protocol/tables.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { evening, SetClock } from '../builders/small-county.ts';

let postgres: TestPostgres;
let pool: Pool;
const log = createLogger('silent');
const choice = { number: 1, anchor: null, cases: 1500 };

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = createPool(await postgres.database(), log);
  await migrate(pool);
  await seedIfEmpty(pool, new SetClock(), choice, () => undefined);
});
afterAll(async () => {
  await pool?.end();
  await postgres?.close();
});

describe('the database', () => {
  it('holds every field of every synchronised table, in its type', async () => {
    const found = await pool.query<{ table_name: string; column_name: string; data_type: string; nullable: boolean }>(
      "SELECT table_name, column_name, data_type, is_nullable = 'YES' AS nullable FROM information_schema.columns WHERE table_schema = 'public'",
    );
    for (const table of syncTableNames) {
      const columns = found.rows.filter((row) => row.table_name === sqlTable(table));
      const actual = columns.map((row) => [row.column_name, row.data_type, row.nullable]).sort();
      expect(actual, table).toEqual(
        columnsOf(table)
          .map((column) => [column.name, sqlTypes[column.kind], column.nullable])
          .sort(),
      );
    }
  });

  it('keeps what it is given, value for value', async () => {
    const given = new Map<SyncTable, SyncRow<SyncTable>[]>();
    for (const { table, rows } of seedChunks({ seed: 1, anchorShiftWeeks: 0, now: evening, cases: 1500 }))
      given.set(table, [...(given.get(table) ?? []), ...rows]);
    const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
    for (const table of syncTableNames) {
      const kept = await selectRows(pool, table, '');
      const wanted = (given.get(table) ?? []).map((row) => ({ ...row, rev: 1 }));
      expect(kept.toSorted(byId), table).toEqual(wanted.sort(byId));
    }
  });

  it('migrates once, and two starting servers do not disturb each other', async () => {
    expect(await migrate(pool)).toEqual([]);
    const fresh = createPool(await postgres.database(), log);
    const [one, two] = await Promise.all([migrate(fresh), migrate(fresh)]);
    expect([...one, ...two].sort()).toEqual(migrations.map(({ version }) => version));
    await fresh.end();
  });

  it('of a newer server is refused and left as it is', async () => {
    const newer = createPool(await postgres.database(), log);
    await migrate(newer);
    await newer.query('INSERT INTO schema_version VALUES (999, now())');
    await expect(migrate(newer)).rejects.toThrow(DatabaseTooNew);
    await newer.end();
  });

  it('is seeded once: a second start changes nothing', async () => {
    expect(await seedIfEmpty(pool, new SetClock(), choice, () => undefined)).toBeNull();
  });

  it('counts every metric as the dictionary does', async () => {
    const cases = await selectRows(pool, 'case', '');
    const period = { from: evening - 120 * 86_400_000, to: evening };
    for (const [scope, inScope] of [
      [countyScope, () => true],
      [{ level: 'town' as const, code: '350322100' }, (code: string | null) => code === '350322100'],
    ] as const) {
      const filter = { scope, period, sources: [], categories: [], campaign: null };
      const cohort = cases.filter(
        (row) =>
          holds(counted, row, evening) &&
          inScope(row.townCode) &&
          row.recordedAt >= period.from &&
          row.recordedAt < period.to,
      );
      const wanted = countMetricNames.map((name) => [
        name,
        cohort.filter((row) => holds(countMetrics[name], row, evening)).length,
      ]);
      expect(await countsInSql(pool, filter, evening)).toEqual(Object.fromEntries(wanted));
    }
  });
});
