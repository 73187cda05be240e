import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Central } from '../central.ts';
import { requireOperator } from '../http/operator.ts';

const heartbeatMs = 15_000;

/** Server-sent events. The stream ends with the token it was opened with, and with the server: a workstation opens it again. */
export function getNotices(app: FastifyInstance, central: Central): void {
  const open = new Set<PassThrough>();
  app.addHook('preClose', async () => {
    for (const stream of open) stream.end();
  });
  app.get('/sync/notices', async (request, reply) => {
    const { expiresAt, operator } = await requireOperator(central, request);
    const stream = new PassThrough();
    const tell = (rev: number) =>
      stream.write(`event: revision\ndata: ${JSON.stringify({ rev, serverTime: central.clock.now() })}\n\n`);
    const unsubscribe = central.hub.subscribe(tell);
    // Who is listening, at the beginning and whenever their account has changed. None any more: the next request is refused.
    const tellOperator = () => {
      requireOperator(central, request)
        .then((now) => {
          if (stream.writable) stream.write(`event: operator\ndata: ${JSON.stringify(now.operator)}\n\n`);
        })
        .catch(() => stream.end());
    };
    const unsubscribeAccounts = central.hub.subscribeAccounts((accountId) => {
      if (accountId === null || accountId === operator.id) tellOperator();
    });
    const heartbeat = setInterval(() => stream.write(': heartbeat\n\n'), heartbeatMs);
    const expiry = setTimeout(() => stream.end(), Math.max(expiresAt - central.clock.now(), 0));
    const leave = () => {
      unsubscribe();
      unsubscribeAccounts();
      clearInterval(heartbeat);
      clearTimeout(expiry);
      open.delete(stream);
    };
    stream.once('close', leave);
    reply.raw.once('close', () => stream.destroy());
    open.add(stream);
    tell(central.hub.latest());
    tellOperator();
    return reply
      .header('content-type', 'text/event-stream; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(stream);
  });
}
