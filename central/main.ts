import { createClock } from './clock.ts';
import { renewEpoch } from './db/meta.ts';
import { startEmbeddedPostgres } from './embedded/postgres.ts';
import { createLogger } from './logger.ts';
import { BadFlag, type MainOptions, readOptions } from './options.ts';
import { seedIfEmpty } from './prepare-seed.ts';
import { createCentral } from './server.ts';
import { startSimulator } from './simulate/simulator.ts';
import { createFileProvider } from './sms/file-provider.ts';
import { createHttpProvider } from './sms/http-provider.ts';
import type { SmsProvider } from './sms/provider.ts';

/** Longest a clean stop may take before the process ends as it stands. */
const stopWithinMs = 15_000;

async function run(options: MainOptions): Promise<void> {
  const log = createLogger(options.logLevel);
  const clock = createClock(options.clockStart);
  const undo: (() => Promise<unknown>)[] = [];
  let stopping = false;
  const stop = async (code: number) => {
    if (stopping) return;
    stopping = true;
    log.info('stopping');
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    for (const step of undo.splice(0).reverse())
      await step().catch((error: unknown) => log.error({ err: error }, 'stopping went wrong'));
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  try {
    let databaseUrl = options.databaseUrl;
    if (databaseUrl === null) {
      const postgres = await startEmbeddedPostgres(options.embedded ?? '');
      undo.push(() => postgres.close());
      databaseUrl = postgres.databaseUrl;
      log.info({ folder: options.embedded }, 'PostgreSQL runs');
    }
    const central = await createCentral({
      databaseUrl,
      port: options.port,
      host: options.host,
      clock,
      log,
      smsProvider: providerOf(options.sms),
      intakeKeys: options.intakeKeys,
      prepare: async (pool) => {
        if (options.restored) {
          await renewEpoch(pool);
          log.info('restored from a backup: every workstation synchronises afresh');
        }
        if (!options.seed) return;
        const loaded = await seedIfEmpty(pool, clock, options.seed, (progress) =>
          log.info(progress, 'seeding the county'),
        );
        if (loaded) log.info(loaded, 'the county is seeded');
      },
    });
    undo.push(() => central.close());
    process.stdout.write(`${JSON.stringify({ listening: central.url })}\n`);
    if (options.simulate) {
      const simulator = startSimulator({ url: central.url, clock, log, ...options.simulate });
      undo.push(() => simulator.close());
    }
  } catch (error) {
    // A stop during the start closes what the start still uses: that is no failure.
    if (stopping) return;
    log.fatal({ err: error }, error instanceof Error ? error.message : 'the server cannot start');
    await stop(1);
  }
}

function providerOf(sms: MainOptions['sms']): SmsProvider | null {
  if (sms === null) return null;
  return 'dir' in sms ? createFileProvider(sms.dir) : createHttpProvider(sms.url);
}

try {
  await run(readOptions(process.argv.slice(2), process.env));
} catch (error) {
  if (!(error instanceof BadFlag)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
