import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startEmbeddedPostgres } from '../central/embedded/postgres.ts';
import { ensureBuild } from '../scripts/local/build.ts';
import { ensureRuntime } from '../scripts/provision.ts';
import { sayOnTerminal } from '../scripts/runtime/progress.ts';
import { ensureDisplay } from '../scripts/xvfb.ts';
import { seedCounty } from './builders/county.ts';

/** Before the first test: the runtime, a fresh build, a screen and a seeded database to copy. What it returns is undone after the last one. */
export default async function setUp(): Promise<() => Promise<void>> {
  const { electronPath } = await ensureRuntime();
  await ensureBuild(sayOnTerminal);
  const display = await ensureDisplay();
  process.env.ELECTRON_EXEC_PATH = electronPath;
  process.env.DISPLAY = display.display;
  const folder = mkdtempSync(join(tmpdir(), 'xianyou-e2e-postgres-'));
  const postgres = await startEmbeddedPostgres(folder, ['fsync=off']);
  process.env.XIANYOU_TEST_POSTGRES = postgres.databaseUrl;
  const replica = join(mkdtempSync(join(tmpdir(), 'xianyou-e2e-replica-')), 'replica.sqlite');
  process.env.XIANYOU_TEST_REPLICA = replica;
  await seedCounty(postgres.databaseUrl, replica);
  return async () => {
    await postgres.close();
    rmSync(folder, { recursive: true, force: true });
    rmSync(dirname(replica), { recursive: true, force: true });
    await display.stop();
  };
}
