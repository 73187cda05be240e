import type { FastifyInstance } from 'fastify';
import type { Central } from '../central.ts';
import { requireOperator } from '../http/operator.ts';

/** `cursor` is the asker's business: the answer names the revision it holds for. */
export function getDigest(app: FastifyInstance, central: Central): void {
  app.get('/sync/digest', async (request) => {
    const { operator } = await requireOperator(central, request);
    return central.digest(operator.townCode);
  });
}
