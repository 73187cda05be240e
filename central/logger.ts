import { type DestinationStream, destination, type Logger, pino } from 'pino';

/** JSON lines, on standard error unless told otherwise. Requests are logged without bodies, headers or query; nothing in them names a person. */
export function createLogger(level = 'info', to: DestinationStream = destination({ fd: 2, sync: true })): Logger {
  return pino(
    {
      level,
      base: { app: 'xianyou-central' },
      serializers: {
        // Only these: a database error's detail quotes the row, and its client drags the connection along.
        err: (error: Error & { code?: string }) => ({
          type: error.name,
          message: error.message,
          code: error.code,
          stack: error.stack,
        }),
        req: (request: { method: string; url: string; id: string }) => ({
          method: request.method,
          path: request.url.split('?')[0],
        }),
      },
    },
    to,
  );
}
