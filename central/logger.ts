import { destination, type Logger, pino } from 'pino';

/** JSON lines on standard error. Requests are logged without bodies, headers or query; nothing in them names a person. */
export function createLogger(level = 'info'): Logger {
  return pino(
    {
      level,
      base: { app: 'xianyou-central' },
      redact: ['req.headers', 'password', 'phone', 'token', 'err.parameters', 'err.detail', 'err.where', 'err.query'],
      serializers: {
        req: (request: { method: string; url: string; id: string }) => ({
          method: request.method,
          path: request.url.split('?')[0],
        }),
      },
    },
    destination({ fd: 2, sync: true }),
  );
}
