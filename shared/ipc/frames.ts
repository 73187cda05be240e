import { z } from 'zod';
import { failureKinds } from '../errors.ts';

/** Frames on the two MessagePorts. The page numbers its requests; a side answers each exactly once. */
export const requestFrameSchema = z.object({ id: z.int(), name: z.string(), args: z.unknown() });
export type RequestFrame = z.infer<typeof requestFrameSchema>;

export const failureShapeSchema = z.object({
  kind: z.enum(failureKinds),
  message: z.string(),
  retry: z.boolean(),
  detail: z.string().nullable(),
});

export type AnswerFrame =
  | { type: 'answer'; id: number; ok: true; value: unknown }
  | { type: 'answer'; id: number; ok: false; failure: z.infer<typeof failureShapeSchema> };
export type EventFrame = { type: 'event'; name: string; payload: unknown };
export type PortFrame = AnswerFrame | EventFrame;

/** Message by which the preload hands the page its port to a worker; again after that worker was started anew. `ports[0]` is the port. */
export const portMessages = { reader: 'xianyou:port:reader', writer: 'xianyou:port:writer' } as const;
export type WorkerKind = keyof typeof portMessages;
/** The page asks the preload, and the preload main, for the ports: sent once the page listens, so that none is lost. */
export const portsWanted = 'xianyou:ports-wanted';
/** Main tells the page that `launchInfo` changed: the replica failed, or works again. */
export const launchChanged = 'xianyou:launch-changed';
/** Name under which the preload exposes the shell bridge: `window.xianyou.call(name, args)`. */
export const bridgeName = 'xianyou';
/** The only ipcRenderer.invoke channel. */
export const shellChannel = 'xianyou:shell';
