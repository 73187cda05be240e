import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClock } from '../central/clock.ts';
import { startEmbeddedPostgres } from '../central/embedded/postgres.ts';
import { createLogger } from '../central/logger.ts';
import { seedIfEmpty } from '../central/prepare-seed.ts';
import { baseAnchor } from '../central/seed/spans.ts';
import { createCentral } from '../central/server.ts';
import { type Figure, readFigures } from './figures/read.ts';
import { syncReplica } from './figures/sync.ts';

/**
 * `npm run figures -- [--json] [--seed N]`: makes a county, serves it from a real PostgreSQL, synchronises a replica and reads the figures
 * from that. Exit code 1 when one differs from the county's own text.
 */
async function figuresOf(seed: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'xianyou-figures-'));
  const undo: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const postgres = await startEmbeddedPostgres(join(folder, 'postgres'), ['fsync=off']);
    undo.push(() => postgres.close());
    const choice = { number: seed, anchor: null, cases: null };
    const central = await createCentral({
      databaseUrl: postgres.databaseUrl,
      clock: createClock(baseAnchor),
      log: createLogger('silent'),
      prepare: async (pool, clock) => {
        await seedIfEmpty(pool, clock, choice, ({ rows }) => process.stderr.write(`seeding: ${rows} rows\n`));
      },
    });
    undo.push(() => central.close());
    const db = await syncReplica(join(folder, 'replica.db'), central.url);
    undo.push(() => db.close());
    return readFigures(db);
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

function table(figures: readonly Figure[]): string {
  const width = Math.max(...figures.map(({ label }) => label.length));
  return figures
    .map(({ label, value, expected, ok }) => `${label.padEnd(width)}  ${value}${ok ? '' : `  expected ${expected}`}\n`)
    .join('');
}

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, seed: { type: 'string', default: '1' } },
});
const seed = Number(values.seed);
if (!Number.isSafeInteger(seed)) {
  process.stderr.write(`--seed wants an integer, not ${values.seed}\n`);
  process.exitCode = 2;
} else {
  const figures = await figuresOf(seed);
  process.stdout.write(values.json ? `${JSON.stringify(figures, null, 2)}\n` : table(figures));
  if (figures.some(({ ok }) => !ok)) process.exitCode = 1;
}
