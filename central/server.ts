import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../shared/clock.ts';
import type { Central } from './central.ts';
import { createClock } from './clock.ts';
import { migrate } from './db/migrate.ts';
import { createPool } from './db/pool.ts';
import { answerProblems } from './http/problem.ts';
import { checkProtocol } from './http/protocol-headers.ts';
import { createDispatchDesk } from './intake/dispatch-desk.ts';
import { createLogger } from './logger.ts';
import { createRevisionHub, type RevisionHub } from './notices/revision-hub.ts';
import { docs } from './routes/docs.ts';
import { getChanges } from './routes/get-changes.ts';
import { getHealth } from './routes/get-health.ts';
import { getNotices } from './routes/get-notices.ts';
import { getSnapshot } from './routes/get-snapshot.ts';
import { postCommands } from './routes/post-commands.ts';
import { postDigest } from './routes/post-digest.ts';
import { postIntake } from './routes/post-intake.ts';
import { postLogin } from './routes/post-login.ts';
import { postLogout } from './routes/post-logout.ts';
import { postRefresh } from './routes/post-refresh.ts';
import { postVillagePost } from './routes/post-village-post.ts';
import type { SmsProvider } from './sms/provider.ts';
import { startSmsWorker } from './sms/worker.ts';

const routes = [
  getHealth,
  postLogin,
  postRefresh,
  postLogout,
  getSnapshot,
  getChanges,
  getNotices,
  postCommands,
  postDigest,
  postIntake,
  postVillagePost,
];
/** 200 commands with the longest notes and the most recipients stay below it. */
const bodyLimit = 4 * 1024 * 1024;

export interface CentralOptions {
  databaseUrl: string;
  /** 0 (default): a free one. */
  port?: number;
  host?: string;
  clock?: Clock;
  log?: Logger;
  /** Without one messages stay 待发 in the outbox until a server with a provider runs. */
  smsProvider?: SmsProvider | null;
  smsRetryBaseMs?: number;
  /** Key → source, '*' for every source; beside the keys in the database. */
  intakeKeys?: ReadonlyMap<string, string>;
  /** Runs on the migrated database before anybody is served: the seed. */
  prepare?: (pool: Pool, clock: Clock, log: Logger) => Promise<void>;
}
export interface RunningCentral {
  app: FastifyInstance;
  url: string;
  pool: Pool;
  clock: Clock;
  hub: RevisionHub;
  /** Every address it serves, `GET /sync/changes`; the pages under /docs apart. */
  endpoints: readonly string[];
  /** Ends streams, finishes requests, then lets go of the database. */
  close(): Promise<void>;
}

/** Starts the central server: migrates, prepares, listens. Throws when the database cannot be reached or is from a newer server. */
export async function createCentral(options: CentralOptions): Promise<RunningCentral> {
  const clock = options.clock ?? createClock();
  const log = options.log ?? createLogger();
  const pool = createPool(options.databaseUrl, log);
  const undo: (() => Promise<unknown>)[] = [() => pool.end()];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    for (const version of await migrate(pool)) log.info({ version }, 'the database was migrated');
    await options.prepare?.(pool, clock, log);
    const hub = await createRevisionHub(pool, options.databaseUrl, log);
    undo.push(() => hub.close());
    if (options.smsProvider) {
      const retryBaseMs = options.smsRetryBaseMs;
      const worker = startSmsWorker({ pool, clock, log, hub, provider: options.smsProvider, retryBaseMs });
      undo.push(() => worker.close());
    }
    const underWay = new Set<Promise<unknown>>();
    // A request whose client has gone still works on the database.
    undo.push(() => Promise.allSettled([...underWay]));
    const { app, endpoints } = await buildApp(underWay, {
      pool,
      clock,
      log,
      hub,
      desk: createDispatchDesk(pool),
      intakeKeys: options.intakeKeys ?? new Map(),
    });
    undo.push(() => app.close());
    await app.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
    const { address, family, port } = app.server.address() as AddressInfo;
    const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    return { app, url, pool, clock, hub, endpoints, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function buildApp(
  underWay: Set<Promise<unknown>>,
  central: Central,
): Promise<{ app: FastifyInstance; endpoints: string[] }> {
  const app = Fastify({ loggerInstance: central.log, bodyLimit, forceCloseConnections: 'idle' });
  const endpoints: string[] = [];
  app.addHook('onRoute', (route) => {
    const { method, url, handler } = route;
    if (method !== 'HEAD' && !url.startsWith('/docs/')) endpoints.push(`${method} ${url}`);
    route.handler = function (request, reply) {
      const answer = Promise.resolve(handler.call(this, request, reply));
      underWay.add(answer);
      const done = () => underWay.delete(answer);
      answer.then(done, done);
      return answer;
    };
  });
  answerProblems(app as unknown as FastifyInstance);
  checkProtocol(app as unknown as FastifyInstance, central.clock);
  for (const route of routes) route(app as unknown as FastifyInstance, central);
  await docs(app as unknown as FastifyInstance);
  return { app: app as unknown as FastifyInstance, endpoints };
}
