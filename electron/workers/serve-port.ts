import type { z } from 'zod';
import { Failure, shapeOfFailure } from '../../shared/errors.ts';
import { type PortFrame, requestFrameSchema } from '../../shared/ipc/frames.ts';
import type { Port } from './port.ts';

/** Doors of one side: what may be asked, and how its arguments read. */
export type Doors = Readonly<Record<string, { args: z.ZodType }>>;
export type Handlers = Readonly<Record<string, (args: never) => unknown>>;

/**
 * Answers the requests of a page: only names in `doors`, only arguments that parse, each exactly once, a refusal always as a typed failure. Completeness
 * of `handlers` is the caller's type (QueryHandlers, CommandHandlers). What is not a frame is dropped: it has no number to answer to.
 */
export function servePort(port: Port, doors: Doors, handlers: Handlers): void {
  port.on('message', ({ data }) => {
    const frame = requestFrameSchema.safeParse(data);
    if (!frame.success) return;
    const { id, name, args } = frame.data;
    answer(doors, handlers, name, args)
      .then((value): PortFrame => ({ type: 'answer', id, ok: true, value }))
      .catch((error: unknown): PortFrame => ({ type: 'answer', id, ok: false, failure: shapeOfFailure(error) }))
      .then((sent) => port.postMessage(sent))
      // The page is gone: nobody waits for the answer.
      .catch(() => undefined);
  });
  port.start();
}

async function answer(doors: Doors, handlers: Handlers, name: string, args: unknown): Promise<unknown> {
  const door = Object.hasOwn(doors, name) ? doors[name] : undefined;
  const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  if (!door || !handler) throw new Failure('badArguments', 'no such door', { detail: 'name' });
  const parsed = door.args.safeParse(args);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field = issue?.path.join('.') ?? '';
    throw new Failure('badArguments', `${name}: ${field} ${issue?.code}`, { detail: field });
  }
  return handler(parsed.data as never);
}
