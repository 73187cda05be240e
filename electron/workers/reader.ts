import { Failure, shapeOfFailure } from '../../shared/errors.ts';
import { type QueryHandlers, queries } from '../../shared/ipc/contract.ts';
import { type FromWorker, toWorkerSchema } from '../../shared/ipc/worker.ts';
import { openRead } from '../db/connection.ts';
import { queryHandlers } from '../db/queries/handlers.ts';
import { type Port, parentPort } from './port.ts';
import { type Handlers, servePort } from './serve-port.ts';

/** Entry of the reader: a read-only connection that answers queries. Main starts it once the writer has the replica open. */
const parent = parentPort();
const waiting: Port[] = [];
let handlers: QueryHandlers | Handlers | null = null;

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

function open(replicaFile: string): QueryHandlers | Handlers {
  try {
    const db = openRead(replicaFile, ({ sql, ms }) => console.warn(`slow query ${ms} ms: ${sql}`));
    const answering = queryHandlers(db, (work) => setImmediate(work));
    toMain({ type: 'ready' });
    return answering;
  } catch (error) {
    const { kind, message, detail } = shapeOfFailure(error);
    toMain({ type: 'fatal', failure: { kind, message, detail } });
    const refuse = () => {
      throw error instanceof Failure ? error : new Failure('internal', 'the replica is not open', { cause: error });
    };
    return Object.fromEntries(Object.keys(queries).map((name) => [name, refuse]));
  }
}
