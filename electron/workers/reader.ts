import { join } from 'node:path';
import { Failure, shapeOfFailure } from '../../shared/errors.ts';
import { type QueryHandlers, queries } from '../../shared/ipc/contract.ts';
import { type FromWorker, toWorkerSchema } from '../../shared/ipc/worker.ts';
import { openRead } from '../db/connection.ts';
import { isDamage } from '../db/heal/damage.ts';
import { queryHandlers } from '../db/queries/handlers.ts';
import { damageReporter, watched } from './damage-report.ts';
import { LookThrough } from './look-through.ts';
import { type Port, parentPort } from './port.ts';
import { type Handlers, servePort } from './serve-port.ts';

/** Entry of the reader: a read-only connection that answers queries. Main starts it once the writer has the replica open. */
const parent = parentPort();
const waiting: Port[] = [];
let handlers: Handlers | null = null;
/** When the whole file is looked through: once the first screen is long done, and every day after, ms. */
const firstCheckMs = 30_000;
const everyCheckMs = 86_400_000;

parent.on('message', ({ data, ports }) => {
  const message = toWorkerSchema.safeParse(data);
  if (!message.success) return;
  waiting.push(...ports);
  if (message.data.type === 'start' && handlers === null) handlers = open(message.data.config.replicaFile);
  if (handlers) for (const port of waiting.splice(0)) servePort(port, queries, handlers);
});

function toMain(message: FromWorker): void {
  parent.postMessage(message);
}

function open(replicaFile: string): Handlers {
  const damaged = damageReporter(replicaFile, toMain);
  try {
    const db = openRead(replicaFile, ({ sql, ms }) => console.warn(`slow query ${ms} ms: ${sql}`));
    db.onDamage = (found) => damaged(found.message);
    const answering: QueryHandlers = queryHandlers(db, (work) => setImmediate(work));
    const look = new LookThrough(replicaFile, join(import.meta.dirname, 'checker.js'), damaged);
    setTimeout(() => look.start(), firstCheckMs);
    setInterval(() => look.start(), everyCheckMs);
    toMain({ type: 'ready', healed: null });
    return watched(answering, damaged);
  } catch (error) {
    const { kind, message, detail } = shapeOfFailure(error);
    if (isDamage(error)) damaged(message);
    else toMain({ type: 'fatal', failure: { kind, message, detail } });
    const refuse = () => {
      throw error instanceof Failure ? error : new Failure('internal', 'the replica is not open', { cause: error });
    };
    return Object.fromEntries(Object.keys(queries).map((name) => [name, refuse]));
  }
}
