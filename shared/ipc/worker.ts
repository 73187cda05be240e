import { z } from 'zod';
import { failureShapeSchema } from './frames.ts';

/** What main tells a worker to work on. Paths are absolute; `session` is what the writer last gave main to keep, and opaque to main. */
export const workerConfigSchema = z.object({
  replicaFile: z.string(),
  /** Empty: no server is known yet; the page asks for it. */
  serverUrl: z.string(),
  workstation: z.string(),
  /** Account to sign in with when there is no session: the demonstration only. */
  demo: z.object({ username: z.string(), password: z.string() }).nullable(),
  session: z.json(),
});
export type WorkerConfig = z.infer<typeof workerConfigSchema>;

/** Main → worker (utilityProcess `postMessage`). `ports[0]` of `start` and `port` is a page's end-to-end port; a worker may hold several. */
export const toWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), config: workerConfigSchema }),
  z.object({ type: z.literal('port') }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;

/** The replica was found damaged and stands anew: what the operator is told. Counts are of the commands that were kept. */
export const healedSchema = z.object({ at: z.int(), movedTo: z.string(), pending: z.int(), rejected: z.int() });
export type HealedNotice = z.infer<typeof healedSchema>;

/** Worker → main. `damaged`: found while running, and marked; both workers have to let go of the file. `ready`: the replica is open (the reader is started after the writer's). `fatal`: it cannot be, and why. */
export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), healed: healedSchema.nullable() }),
  z.object({ type: z.literal('damaged'), reason: z.string() }),
  z.object({ type: z.literal('session'), value: z.json() }),
  z.object({
    type: z.literal('fatal'),
    failure: failureShapeSchema.pick({ kind: true, message: true, detail: true }),
  }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;
