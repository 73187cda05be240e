import type { FastifyInstance } from 'fastify';
import type { Central } from '../central.ts';
import { closeSession } from '../db/tokens.ts';
import { requireOperator } from '../http/operator.ts';

export function postLogout(app: FastifyInstance, central: Central): void {
  app.post('/auth/logout', async (request, reply) => {
    const { sessionId } = await requireOperator(central, request);
    await closeSession(central.pool, sessionId);
    return reply.code(204).send();
  });
}
