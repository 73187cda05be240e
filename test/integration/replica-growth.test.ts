import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../../central/logger.ts';
import { seedIfEmpty } from '../../central/prepare-seed.ts';
import { createCentral, type RunningCentral } from '../../central/server.ts';
import { FaultProxy } from '../builders/fault-proxy.ts';
import { newerProgram } from '../builders/newer-program.ts';
import { startTestPostgres, type TestPostgres } from '../builders/postgres.ts';
import { SetClock } from '../builders/small-county.ts';
import { Workstation } from '../builders/workstation.ts';

const next = await newerProgram();
const log = createLogger('silent');
const seed = { number: 1, anchor: null, cases: 800 };
let postgres: TestPostgres;
let proxy: FaultProxy;
let central: RunningCentral;
const open: Workstation[] = [];

beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  await proxy.close();
  await central.close();
});
afterAll(() => postgres?.close());

async function serve(create: typeof createCentral, fill: typeof seedIfEmpty): Promise<void> {
  central = await create({
    databaseUrl: await postgres.database(),
    clock: new SetClock(),
    log,
    prepare: async (pool, clock) => void (await fill(pool, clock, seed, () => undefined)),
  });
  proxy = await FaultProxy.listen();
  proxy.target = central.url;
}
function desk(
  program: { Workstation: typeof Workstation },
  options: ConstructorParameters<typeof Workstation>[1] = {},
) {
  const made = new program.Workstation(proxy.url, { sweep: null, ...options });
  open.push(made);
  return made;
}

test('a server that has grown goes on serving; the program that knows what is new has it without fetching the rest again', async () => {
  await serve(next.createCentral, next.seedIfEmpty);
  await central.pool.query(`UPDATE cases SET heat = length(title)`);
  const leaflets = Array.from({ length: 30 }, (_, n) => ({
    id: `leaflet-${n}`,
    rev: 0,
    text: `第${n}张`,
    pinned: n % 2 === 0,
  }));
  const put = (rows: unknown[], table = 'leaflet') =>
    next.inRevision(central.pool, (revision) => revision.upsert(table as never, rows as never));
  await put(leaflets.slice(0, 20));

  const old = desk({ Workstation });
  await old.live();
  const full = proxy.bytes;
  await put(leaflets.slice(20));
  await put([{ ...leaflets[3], text: '改过' }]);
  const newest = (await central.pool.query<{ rev: number }>('SELECT rev FROM meta')).rows[0]?.rev ?? 0;
  await old.until((status) => status.state === 'live' && (status.rev ?? 0) >= newest);
  expect(old.db.column("SELECT count(*) FROM cases WHERE extra ->> '$.heat' = length(title)")).toEqual([
    old.db.get<{ n: number }>('SELECT count(*) AS n FROM cases')?.n,
  ]);
  // Work goes on, and what waits while the program is updated is kept.
  proxy.partition();
  await old.until((status) => status.state === 'offline');
  const caseId = old.db.column<string>('SELECT id FROM cases WHERE closed_at IS NULL ORDER BY id LIMIT 1')[0] ?? '';
  await old.commands.startCall({ caseId, personId: null });
  const { file, stored: session } = old;
  await old.close();
  open.length = 0;
  proxy.heal();

  const before = proxy.bytes;
  const updated = desk(next, { file, session, username: null });
  const count = () => updated.db.get<{ n: number }>('SELECT count(*) AS n FROM leaflet')?.n;
  await updated.drained();
  await updated.until(() => count() === 30);
  expect((proxy.bytes - before) / full).toBeLessThan(0.02);
  expect(proxy.seen.filter((path) => path.startsWith('/sync/snapshot'))).toHaveLength(1);
  expect(updated.db.column('SELECT count(*) FROM cases WHERE heat IS NOT length(title) OR extra IS NOT NULL')).toEqual([
    0,
  ]);
  expect(updated.db.get(`SELECT text, pinned FROM leaflet WHERE id = 'leaflet-3'`)).toEqual({
    text: '改过',
    pinned: 0,
  });
  expect(await updated.differences(central.url)).toEqual([]);
  expect((await central.pool.query('SELECT 1 FROM call WHERE case_id = $1', [caseId])).rowCount).toBeGreaterThan(0);
  // Held from here on: no start fetches it again.
  const held = updated.db.get<{ value: string }>(`SELECT value FROM meta WHERE key = 'tables'`)?.value;
  expect(JSON.parse(held ?? '[]')).toContain('leaflet');
});

test('the newer program works with a server that has not grown yet, and is not called different for it', async () => {
  await serve(createCentral, seedIfEmpty);
  const early = desk(next);
  await early.live();
  expect(early.db.column('SELECT count(*) FROM cases WHERE heat IS NOT NULL')).toEqual([0]);
  expect(await early.differences(central.url)).toEqual([]);
});
